package io.evenkeel.testkit;

import static io.evenkeel.registrar.RegistrarState.DEREGISTERED;
import static io.evenkeel.registrar.RegistrarState.FAILED;
import static io.evenkeel.registrar.RegistrarState.REGISTERED;
import static io.evenkeel.registrar.RegistrarState.RETRYING;
import static io.evenkeel.registrar.RegistrarState.STARTING;
import static io.evenkeel.registrar.RegistrarState.SUPERSEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TTL 15 s, renewed every 5 s ± 10 %, calls within 3 s, backoff up to 1 s doubling up to 5 s. */
class RegistrarTest {
  private static final Duration TTL = Duration.ofSeconds(15);
  private static final ServiceInstance INSTANCE =
      ServiceInstance.builder("orders", "10.0.0.1", 80).id("a").build();

  private final ManualTime time = ManualTime.start();
  private final ScriptedRegistry registry =
      ScriptedRegistry.create(time, Capability.REGISTER, Capability.RENEW);

  private Registrar announce() {
    return announce(RegistrarOptions.defaults());
  }

  private Registrar announce(RegistrarOptions options) {
    return Registrar.announce(registry, INSTANCE, options, time);
  }

  private static RegistryException away() {
    return new RegistryException.Unavailable("away", null);
  }

  private static RegistryException superseded() {
    return new RegistryException.Superseded("a newer life", 2);
  }

  /** Seconds between consecutive calls. */
  private List<Double> gaps() {
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i < registry.calls().size(); i++) {
      gaps.add((registry.calls().get(i).nanos() - registry.calls().get(i - 1).nanos()) / 1e9);
    }
    return gaps;
  }

  private static Throwable cause(CompletionStage<?> stage) {
    CompletableFuture<?> future = stage.toCompletableFuture();
    assertTrue(future.isDone(), "completed");
    return assertThrows(CompletionException.class, future::join).getCause();
  }

  @Test
  void registers_at_once() {
    Registrar registrar = announce();
    assertEquals(List.of("register"), registry.names());
    assertEquals(REGISTERED, registrar.state());
    assertEquals(INSTANCE, registrar.registered().toCompletableFuture().join());
  }

  @Test
  void is_starting_until_the_registry_answers() {
    CompletableFuture<Object> answer = registry.thenHangs();
    Registrar registrar = announce();
    assertEquals(STARTING, registrar.state());
    answer.complete(new Lease(TTL, 1));
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void renews_every_interval_give_or_take_10_percent() {
    announce();
    time.advance(Duration.ofMinutes(10));
    assertTrue(registry.calls().size() > 100);
    assertEquals(1, registry.names().stream().filter("register"::equals).count());
    assertTrue(gaps().stream().allMatch(gap -> gap >= 4.5 && gap <= 5.5), () -> "" + gaps());
  }

  @Test
  void no_two_renewals_keep_step() {
    announce();
    time.advance(Duration.ofMinutes(1));
    assertEquals(gaps().size(), gaps().stream().distinct().count());
  }

  @Test
  void registers_again_at_once_when_the_lease_is_lost() {
    registry.thenAnswers(new Lease(TTL, 1)).thenAnswers(Renewal.UNKNOWN);
    Registrar registrar = announce();
    time.advance(Duration.ofSeconds(6));
    assertEquals(List.of("register", "renew", "register"), registry.names());
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void registers_again_as_often_as_the_lease_is_lost() {
    for (int i = 0; i < 100; i++) {
      registry.thenAnswers(new Lease(TTL, 1)).thenAnswers(Renewal.UNKNOWN);
    }
    Registrar registrar = announce();
    time.advance(Duration.ofMinutes(15));
    assertEquals(101, registry.names().stream().filter("register"::equals).count());
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void tries_for_ever_with_backoff_while_the_registry_is_away() {
    for (int i = 0; i < 5000; i++) {
      registry.thenFails(away());
    }
    Registrar registrar = announce();
    time.advance(Duration.ofMinutes(10));
    assertEquals(RETRYING, registrar.state());
    assertTrue(gaps().get(0) <= 1, "the first within 1 s");
    assertTrue(gaps().stream().allMatch(gap -> gap <= 5), "none later than 5 s");
    assertTrue(registry.calls().size() < 600, registry.calls().size() + " calls: no busy loop");
  }

  @Test
  void is_back_within_5_seconds_of_the_registry() {
    for (int i = 0; i < 10; i++) {
      registry.thenFails(away());
    }
    Registrar registrar = announce();
    time.advance(Duration.ofSeconds(50));
    assertEquals(REGISTERED, registrar.state());
    assertEquals(INSTANCE, registrar.registered().toCompletableFuture().join());
  }

  @Test
  void a_renewal_that_fails_is_followed_by_a_registration() {
    registry.thenAnswers(new Lease(TTL, 1)).thenFails(away());
    Registrar registrar = announce();
    time.advance(Duration.ofMillis(5500));
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of("register", "renew", "register"), registry.names());
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void a_registry_that_hangs_is_given_up_at_the_deadline() {
    registry.thenDoes(CompletableFuture::new);
    Registrar registrar = announce();
    time.advance(Duration.ofMillis(2999));
    assertEquals(STARTING, registrar.state());
    time.advance(Duration.ofMillis(1));
    assertEquals(RETRYING, registrar.state());
    time.advance(Duration.ofSeconds(1));
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void a_registry_that_throws_is_one_that_is_away() {
    registry.thenDoes(
        () -> {
          throw new IllegalStateException("planted");
        });
    Registrar registrar = announce();
    assertEquals(RETRYING, registrar.state());
  }

  @Test
  void a_registry_that_returns_no_stage_is_one_that_is_away() {
    registry.thenDoes(() -> null);
    Registrar registrar = announce();
    assertEquals(RETRYING, registrar.state());
    time.advance(Duration.ofSeconds(1));
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void a_shorter_grant_is_renewed_in_time() {
    registry.thenAnswers(new Lease(Duration.ofSeconds(3), 1));
    announce();
    time.advance(Duration.ofMillis(1100));
    assertEquals(List.of("register", "renew"), registry.names());
  }

  @Test
  void an_update_is_announced_at_once() {
    Registrar registrar = announce();
    registrar.update(instance -> instance.toBuilder().weight(7).build());
    assertEquals(List.of("register", "register"), registry.names());
    assertEquals(7, registry.last().weight());
    assertEquals(7, registrar.instance().weight());
  }

  @Test
  void updates_during_a_call_follow_it_as_one() {
    CompletableFuture<Object> answer = registry.thenHangs();
    Registrar registrar = announce();
    for (int weight = 2; weight <= 9; weight++) {
      int newWeight = weight;
      registrar.update(instance -> instance.toBuilder().weight(newWeight).build());
    }
    assertEquals(1, registry.calls().size());
    answer.complete(new Lease(TTL, 1));
    assertEquals(2, registry.calls().size());
    assertEquals(9, registry.last().weight());
  }

  @Test
  void there_are_never_two_calls_at_once() {
    for (int i = 0; i < 50; i++) {
      registry.thenDoes(CompletableFuture::new);
    }
    Registrar registrar = announce();
    for (int i = 0; i < 100; i++) {
      time.advance(Duration.ofSeconds(1));
      int weight = i;
      registrar.update(instance -> instance.toBuilder().weight(weight).build());
    }
    // a call given up at its deadline may still hang in the registry, so count what the registrar
    // believes to be under way: one call per deadline at most
    assertTrue(gaps().stream().allMatch(gap -> gap >= 3), () -> "" + gaps());
  }

  @Test
  void a_lost_lease_is_announced_with_the_newest_payload() {
    registry.thenFails(away());
    Registrar registrar = announce();
    registry.thenFails(away());
    registrar.update(instance -> instance.toBuilder().weight(7).build());
    time.advance(Duration.ofSeconds(3));
    assertEquals(REGISTERED, registrar.state());
    assertEquals(7, registry.calls().get(2).weight());
  }

  @Test
  void an_update_of_the_key_is_refused() {
    Registrar registrar = announce();
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> registrar.update(instance -> instance.toBuilder().id("b").build()));
    assertTrue(refused.getMessage().startsWith("instance: "), refused.getMessage());
    assertEquals(INSTANCE, registrar.instance());
  }

  @Test
  void a_change_is_computed_without_the_lock() {
    Registrar registrar = announce();
    registrar.update(
        instance -> {
          CompletableFuture<ServiceInstance> other =
              CompletableFuture.supplyAsync(registrar::instance);
          return other.orTimeout(30, TimeUnit.SECONDS).join().toBuilder().weight(7).build();
        });
    assertEquals(7, registrar.instance().weight());
  }

  @Test
  void a_newer_life_makes_it_stop() {
    registry.thenAnswers(new Lease(TTL, 1)).thenFails(superseded());
    Registrar registrar = announce();
    time.advance(Duration.ofMinutes(5));
    assertEquals(SUPERSEDED, registrar.state());
    assertEquals(List.of("register", "renew"), registry.names());
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void superseded_from_the_start_is_told_to_who_waits() {
    registry.thenFails(superseded());
    Registrar registrar = announce();
    assertInstanceOf(RegistryException.Superseded.class, cause(registrar.registered()));
    assertFalse(registrar.closeAsync().toCompletableFuture().join());
    assertEquals(List.of("register"), registry.names());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void it_stops_when_as_many_attempts_failed_as_allowed(int attempts) {
    IntStream.rangeClosed(0, attempts).forEach(i -> registry.thenFails(away()));
    Registrar registrar = announce(RegistrarOptions.defaults().withAttempts(attempts));
    time.advance(Duration.ofMinutes(1));
    assertEquals(FAILED, registrar.state());
    assertInstanceOf(RegistryException.Unavailable.class, cause(registrar.registered()));
    assertEquals(attempts, registry.calls().size());
  }

  @Test
  void fail_fast_does_not_mind_a_later_failure() {
    registry.thenAnswers(new Lease(TTL, 1)).thenFails(away());
    Registrar registrar = announce(RegistrarOptions.defaults().withFailFast(true));
    time.advance(Duration.ofSeconds(7));
    assertEquals(REGISTERED, registrar.state());
  }

  @Test
  void close_deregisters_its_own_incarnation() {
    Registrar registrar = announce();
    registrar.close();
    assertEquals(List.of("register", "deregister"), registry.names());
    assertEquals(registry.calls().get(0).incarnation(), registry.last().incarnation());
    assertEquals(DEREGISTERED, registrar.state());
  }

  @Test
  void a_closed_registrar_leaves_no_timer_and_makes_no_call() {
    Registrar registrar = announce();
    registrar.close();
    registrar.close();
    registrar.update(instance -> instance.toBuilder().weight(7).build());
    assertEquals(0, time.pendingTasks());
    time.advance(Duration.ofHours(1));
    assertEquals(2, registry.calls().size());
    assertEquals(INSTANCE, registrar.instance());
  }

  @Test
  void close_during_a_registration_ends_deregistered() {
    CompletableFuture<Object> answer = registry.thenHangs();
    Registrar registrar = announce();
    CompletionStage<Boolean> closed = registrar.closeAsync();
    assertEquals(List.of("register"), registry.names());
    answer.complete(new Lease(TTL, 1));
    assertEquals(List.of("register", "deregister"), registry.names());
    assertTrue(closed.toCompletableFuture().join());
    assertEquals(DEREGISTERED, registrar.state());
  }

  @Test
  void close_during_a_registration_that_hangs_deregisters_at_its_deadline() {
    registry.thenDoes(CompletableFuture::new);
    Registrar registrar = announce();
    CompletionStage<Boolean> closed = registrar.closeAsync();
    time.advance(Duration.ofSeconds(3));
    assertEquals(List.of("register", "deregister"), registry.names());
    assertTrue(closed.toCompletableFuture().isDone());
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void close_before_the_registration_is_told_to_who_waits() {
    registry.thenDoes(CompletableFuture::new);
    Registrar registrar = announce();
    registrar.closeAsync().whenComplete((existed, error) -> {});
    assertInstanceOf(IllegalStateException.class, cause(registrar.registered()));
  }

  @Test
  void a_deregistration_is_tried_three_times() {
    Registrar registrar = announce();
    registry.thenFails(away()).thenFails(away());
    CompletionStage<Boolean> closed = registrar.closeAsync();
    time.advance(Duration.ofSeconds(10));
    assertEquals(4, registry.calls().size());
    assertTrue(closed.toCompletableFuture().join());
  }

  @Test
  void a_deregistration_that_fails_three_times_is_told() {
    Registrar registrar = announce();
    registry.thenFails(away()).thenFails(away()).thenFails(away());
    CompletionStage<Boolean> closed = registrar.closeAsync();
    time.advance(Duration.ofSeconds(10));
    assertInstanceOf(RegistryException.Unavailable.class, cause(closed));
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void without_renewals_it_announces_anew_every_interval() {
    ScriptedRegistry noLeases = ScriptedRegistry.create(time, Capability.REGISTER);
    Registrar.announce(noLeases, INSTANCE, RegistrarOptions.defaults(), time);
    time.advance(Duration.ofMinutes(1));
    assertTrue(noLeases.calls().size() >= 11);
    assertTrue(noLeases.names().stream().allMatch("register"::equals));
  }

  @Test
  void a_later_life_has_a_higher_incarnation() {
    announce();
    time.advance(Duration.ofNanos(1000));
    announce();
    assertTrue(registry.calls().get(0).incarnation() < registry.last().incarnation());
  }
}
