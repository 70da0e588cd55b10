package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionGuardTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final ManualTime time = ManualTime.start();
  private final Fleet fleet =
      new Fleet(
          InMemoryServiceRegistry.create(
              time,
              InMemoryOptions.defaults().withSweepPeriod(SWEEP).withRandom(Randomness.seeded(7))),
          "orders",
          TTL);

  private void silence(Duration duration) {
    time.advance(duration);
  }

  @Test
  void one_crashed_instance_of_one_is_gone_within_ttl_and_a_sweep() {
    fleet.register(0, 1);
    silence(TTL.plus(SWEEP));
    assertEquals(0, fleet.size());
  }

  @Test
  void both_crashed_instances_of_two_are_gone_within_ttl_and_a_sweep() {
    fleet.register(0, 2);
    silence(TTL.plus(SWEEP));
    assertEquals(0, fleet.size());
  }

  @Test
  void half_of_a_fleet_goes_at_once() {
    fleet.register(0, 100);
    silence(TTL.minus(SWEEP));
    fleet.renew(0, 50);
    silence(SWEEP.multipliedBy(2));
    assertEquals(50, fleet.size());
  }

  @Test
  void more_than_half_is_kept_for_one_more_ttl() {
    fleet.register(0, 100);
    silence(TTL.minus(SWEEP));
    fleet.renew(0, 49);
    silence(SWEEP.multipliedBy(2));
    assertEquals(100, fleet.size());
    fleet.renew(0, 49);
    silence(TTL.minus(SWEEP.multipliedBy(2)));
    assertEquals(100, fleet.size());
  }

  @Test
  void what_stays_silent_then_goes_by_at_most_15_percent_a_sweep() {
    fleet.register(0, 1000);
    silence(TTL.multipliedBy(2).minus(SWEEP));
    assertEquals(1000, fleet.size());
    for (int before = 1000, sweeps = 0; before > 0; before = fleet.size(), sweeps++) {
      silence(SWEEP);
      int gone = before - fleet.size();
      assertTrue(gone <= Math.max(1, before * 0.15), gone + " of " + before);
      assertTrue(sweeps < 60, "it ends");
    }
  }

  @Test
  void what_renews_meanwhile_stays() {
    fleet.register(0, 100);
    silence(TTL.plus(SWEEP));
    fleet.renew(0, 90);
    silence(TTL.minus(SWEEP));
    fleet.renew(0, 90);
    silence(SWEEP.multipliedBy(2));
    assertEquals(90, fleet.size());
  }

  @Test
  void after_a_false_alarm_the_next_crash_is_believed() {
    fleet.register(0, 100);
    silence(TTL.plus(SWEEP));
    fleet.renew(0, 100);
    silence(TTL.minus(SWEEP));
    fleet.renew(1, 100);
    silence(SWEEP.multipliedBy(2));
    assertEquals(99, fleet.size());
  }

  @Test
  void a_cut_that_shows_over_a_renewal_interval_is_doubted_too() {
    for (int i = 0; i < 100; i++) {
      fleet.register(i, i + 1);
      silence(Duration.ofMillis(90));
    }
    silence(TTL.plus(SWEEP));
    assertTrue(fleet.size() >= 50, fleet.size() + " left: at least half");
  }

  @Test
  void the_order_of_doubted_evictions_is_random() {
    fleet.register(0, 100);
    silence(TTL.multipliedBy(2));
    List<ServiceInstance> left = Fleet.now(fleet.registry.instances("orders")).instances();
    assertEquals(85, left.size());
    assertNotEquals(fleet.instances(15, 100), left, "not the oldest first");
    assertNotEquals(fleet.instances(0, 85), left, "not the newest first");
  }

  @Test
  void a_guard_that_is_off_doubts_nothing() {
    Fleet unguarded =
        new Fleet(
            InMemoryServiceRegistry.create(
                time, InMemoryOptions.defaults().withEvictionGuard(false)),
            "orders",
            TTL);
    unguarded.register(0, 100);
    silence(TTL.plus(SWEEP));
    assertEquals(0, unguarded.size());
  }
}
