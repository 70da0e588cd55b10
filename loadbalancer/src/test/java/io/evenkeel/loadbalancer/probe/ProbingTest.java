package io.evenkeel.loadbalancer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.fakes.CollectedLogs;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Reported;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbingTest {
  private static final LoadReport REPORT = new LoadReport(0.5, 10, 0, 3, 1e6);

  private final ManualTime time = ManualTime.start();
  private final Reported strategy = new Reported();
  private final List<String> asked = new ArrayList<>();
  private final List<CompletableFuture<LoadReport>> open = new ArrayList<>();

  private CompletionStage<LoadReport> note(ServiceInstance instance, Duration deadline) {
    asked.add(instance.id());
    open.add(new CompletableFuture<>());
    return open.get(open.size() - 1);
  }

  private Probing probing(int instances, ProbeOptions options, Prober prober) {
    Rotation rotation =
        Rotation.over(
            new RotationOptions(strategy, EjectionOptions.defaults(), Routing.everywhere()),
            time,
            Randomness.seeded(3),
            () -> {});
    rotation.accept(Instances.upTo(instances));
    time.runDue();
    return Probing.of(prober, options, rotation, time, Randomness.seeded(7));
  }

  private Probing probing(int instances) {
    return probing(instances, ProbeOptions.defaults(), this::note);
  }

  @Test
  void three_are_asked_for_each_request_and_what_they_say_reaches_the_strategy() {
    probing(1_000).requested();
    assertEquals(3, new HashSet<>(asked).size());
    open.forEach(answer -> answer.complete(REPORT));
    assertEquals(List.of(REPORT, REPORT, REPORT), strategy.heard());
  }

  @Test
  void every_instance_is_asked_sooner_or_later() {
    Probing probing = probing(5);
    for (int i = 0; i < 50; i++) {
      probing.requested();
      open.forEach(answer -> answer.complete(REPORT));
      time.advance(Duration.ofMillis(10));
    }
    assertEquals(5, new HashSet<>(asked).size());
  }

  @Test
  void nobody_is_asked_while_the_answer_is_awaited() {
    Probing probing = probing(1);
    probing.requested();
    probing.requested();
    assertEquals(1, asked.size());
    open.get(0).complete(REPORT);
    probing.requested();
    assertEquals(2, asked.size());
  }

  @Test
  void one_that_stays_silent_is_asked_again_after_the_deadline_and_a_late_answer_is_not_heard() {
    Probing probing = probing(1);
    probing.requested();
    time.advance(Duration.ofMillis(251));
    probing.requested();
    assertEquals(2, asked.size());
    open.get(0).complete(REPORT);
    assertEquals(List.of(), strategy.heard());
    open.get(1).complete(REPORT);
    assertEquals(List.of(REPORT), strategy.heard());
  }

  @Test
  void without_instances_nobody_is_asked() {
    probing(0).requested();
    assertEquals(List.of(), asked);
  }

  @Test
  void a_part_of_a_probe_is_one_by_chance() {
    ProbeOptions half = ProbeOptions.defaults().withPerRequest(0.5).withMaxPerSecond(1_000_000);
    Probing probing = probing(1_000, half, (instance, deadline) -> answering(instance));
    for (int i = 0; i < 1_000; i++) {
      probing.requested();
      time.advance(Duration.ofMillis(1));
    }
    assertTrue(asked.size() > 420 && asked.size() < 580, "asked: " + asked.size());
  }

  @Test
  void there_is_a_bound_for_all_requests_together() {
    ProbeOptions few = ProbeOptions.defaults().withMaxPerSecond(100);
    Probing probing = probing(1_000, few, (instance, deadline) -> answering(instance));
    for (int i = 0; i < 10_000; i++) {
      probing.requested();
      time.advance(Duration.ofNanos(100_000));
    }
    assertTrue(asked.size() > 100 && asked.size() <= 133, "asked in a second: " + asked.size());
  }

  private CompletionStage<LoadReport> answering(ServiceInstance instance) {
    asked.add(instance.id());
    return CompletableFuture.completedFuture(REPORT);
  }

  @Test
  void a_prober_that_fails_in_any_way_fails_no_request_and_is_told_of_once_in_a_while() {
    Probing probing =
        probing(
            3,
            ProbeOptions.defaults(),
            (instance, deadline) -> {
              throw new IllegalStateException("on purpose, in the prober");
            });
    IntStream.range(0, 100).forEach(i -> probing.requested());
    assertEquals(1, CollectedLogs.holding("probe: no load report", "in the prober").size());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 17, Double.NaN})
  void options_have_bounds(double probes) {
    assertThrows(
        IllegalArgumentException.class, () -> ProbeOptions.defaults().withPerRequest(probes));
  }
}
