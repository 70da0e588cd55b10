package io.evenkeel.loadbalancer;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.testkit.ManualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code last-of} picks the last one, here i3, of those it has; so any other was preferred. */
class PreferredInstanceTest {
  private final ManualTime time = ManualTime.start();
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();
  private Balancer balancer = start(Routing.everywhere());

  private Balancer start(Routing routing) {
    return Balancer.forService(SERVICE)
        .on(registry)
        .scheduler(time)
        .routing(routing)
        .strategy("last-of")
        .start();
  }

  @AfterEach
  void close() {
    balancer.close();
  }

  private void show(List<ServiceInstance> instances) {
    registry.push(instances);
    time.runDue();
  }

  private String pickedFor(Call call) {
    try (Attempt attempt = balancer.acquire(call)) {
      return attempt.instance().id();
    }
  }

  private String picked(String preferred) {
    return pickedFor(Call.once().withPreferred(preferred));
  }

  @Test
  void it_is_asked_first_whatever_the_strategy() {
    show(upTo(3));
    assertEquals("i1", picked("i1"));
    assertEquals("i2", picked("i2"));
    assertEquals("i3", pickedFor(Call.once()));
  }

  @Test
  void when_nobody_knows_it_the_strategy_chooses() {
    show(upTo(3));
    assertEquals("i3", picked("gone"));
  }

  @Test
  void when_it_leaves_the_strategy_chooses_and_when_it_is_back_it_is_asked_again() {
    show(upTo(3));
    assertEquals("i1", picked("i1"));
    show(List.of(instance(1).withStatus(InstanceStatus.DRAINING), instance(2), instance(3)));
    assertEquals("i3", picked("i1"));
    show(upTo(3));
    assertEquals("i1", picked("i1"));
  }

  @Test
  void when_it_is_ejected_the_strategy_chooses() {
    show(upTo(3));
    balancer
        .acquire(Call.once().withPreferred("i1"))
        .complete(Outcome.unreachable(new ConnectException()));
    time.runDue();
    assertEquals("i3", picked("i1"));
  }

  @Test
  void when_it_does_not_suit_the_calls_filter_the_strategy_chooses() {
    show(upTo(3));
    InstanceFilter notTheFirst = each -> !each.id().equals("i1");
    Call call = Call.once().withFilter(notTheFirst);
    assertEquals("i3", pickedFor(call.withPreferred("i1")));
    assertEquals("i2", pickedFor(call.withPreferred("i2")));
  }

  @Test
  void it_is_asked_also_when_other_calls_do_not_need_it_now() {
    balancer.close();
    balancer = start(Routing.everywhere().inZone("near"));
    ServiceInstance far = instance(1).toBuilder().zone("far").build();
    ServiceInstance near = instance(2).toBuilder().zone("near").build();
    show(List.of(far, near));
    assertEquals("i2", pickedFor(Call.once()));
    assertEquals("i1", picked("i1"));
  }

  @Test
  void a_retry_does_not_prefer_it_again() {
    show(upTo(3));
    List<String> asked = new ArrayList<>();
    balancer.call(
        Call.repeatable().withPreferred("i1"),
        attempt -> {
          asked.add(attempt.instance().id());
          return CompletableFuture.failedFuture(new IOException("no"));
        });
    time.advance(Duration.ofSeconds(10));
    assertEquals(3, asked.size());
    assertEquals("i1", asked.get(0));
    assertEquals("i3", asked.get(1));
    assertNotEquals("i1", asked.get(2));
  }

  @Test
  void nobody_in_rotation_is_nobody_preferred() {
    show(List.of());
    assertThrows(CallException.NoInstance.class, () -> picked("i1"));
  }
}
