package io.evenkeel.loadbalancer.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.routing.SlowStart;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.testkit.Allocation;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever enters is warmed up, by every strategy. */
class SlowStartTest {
  private static final double FAIR = 0.1; // one of ten

  private static Stream<String> strategies() {
    return Strategies.names().stream();
  }

  private static Routed warm(String strategy) {
    return Routed.of(
            Strategies.named(strategy, Randomness.seeded(7), ManualTime.start()),
            Routing.everywhere(),
            1)
        .show(Instances.upTo(9));
  }

  private static Routed withNewcomer(String strategy) {
    return warm(strategy).show(Instances.upTo(10));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void a_newcomer_gets_a_tenth_of_its_share_at_first(String strategy) {
    assertEquals(0.1 * FAIR, withNewcomer(strategy).share("i10"), 0.004);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void its_share_grows_with_time_and_is_whole_after_thirty_seconds(String strategy) {
    Routed routed = withNewcomer(strategy).wait(Duration.ofSeconds(15));
    assertEquals(0.5 * FAIR, routed.share("i10"), 0.008);
    assertEquals(FAIR, routed.wait(Duration.ofSeconds(15)).share("i10"), 0.012);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void under_load_a_newcomer_never_has_more_than_its_share_in_flight(String strategy) {
    Routed routed = withNewcomer(strategy);
    Deque<LiveEndpoint> busy = new ArrayDeque<>();
    int most = 0;
    for (int i = 0; i < 5_000; i++) {
      LiveEndpoint endpoint = routed.rotation().pick(PickContext.NONE);
      endpoint.begin();
      busy.add(endpoint);
      if (busy.size() > 180) { // 20 for each of nine
        busy.remove().end(0, Outcome.success());
      }
      most = Math.max(most, endpoint.instance().id().equals("i10") ? endpoint.inFlight() : 0);
    }
    assertTrue(most <= 3, strategy + ": " + most + " in flight");
  }

  @Test
  void one_that_is_let_back_in_is_warmed_up() {
    Routed routed = warm("round-robin").eject("i3").wait(Duration.ofSeconds(33));
    assertEquals(0.1 / 9, routed.share("i3"), 0.004);
  }

  @Test
  void one_that_was_taken_out_and_is_up_again_is_warmed_up() {
    Routed routed = warm("round-robin").show(Instances.upTo(8)).show(Instances.upTo(9));
    assertEquals(0.1 / 9, routed.share("i9"), 0.004);
  }

  @Test
  void the_first_list_is_warm_and_when_all_are_new_all_are_alike() {
    Routed routed = warm("round-robin");
    assertEquals(1 / 9.0, routed.share("i9"), 1e-3);
    routed.show(Instances.upTo(20).subList(10, 20));
    assertEquals(0.1, routed.share("i15"), 1e-3);
  }

  @Test
  void when_everyone_is_warm_round_robin_is_exact_again() {
    Routed routed = withNewcomer("round-robin").wait(Duration.ofSeconds(30));
    String[] ids = new String[20];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = routed.rotation().pick(PickContext.NONE).instance().id();
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(ids[i], ids[i + 10]);
    }
    assertEquals(0, routed.pendingTasks());
  }

  @Test
  void slow_start_can_be_turned_off() {
    Routing routing = Routing.everywhere().withSlowStart(SlowStart.off());
    Routed routed = Routed.by(routing).show(Instances.upTo(9)).show(Instances.upTo(10));
    assertEquals(FAIR, routed.shares(ServiceInstance::id).get("i10"), 1e-3);
  }

  @Test
  void numbers_out_of_bounds_are_refused() {
    Duration window = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new SlowStart(window.negated(), 0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> new SlowStart(window, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SlowStart(window, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new SlowStart(window, 0.1, 0));
  }

  @Test
  void more_aggression_grows_faster_at_first() {
    SlowStart eager = new SlowStart(Duration.ofSeconds(10), 0.1, 2);
    assertEquals(0.5, eager.warmth(Duration.ofMillis(2_500).toNanos()), 1e-9);
    assertEquals(0.1, eager.warmth(0), 1e-9);
    assertEquals(1, eager.warmth(Duration.ofSeconds(10).toNanos()), 1e-9);
  }

  @Test
  void a_pick_without_a_key_allocates_nothing_while_somebody_warms_up() {
    Routed routed = withNewcomer("round-robin");
    assertEquals(0, Allocation.least(() -> routed.rotation().pick(PickContext.NONE)));
  }
}
