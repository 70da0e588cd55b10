package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LeaseTimeTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final InstanceKey KEY = new InstanceKey("orders", "i-0");

  private final ManualTime time = ManualTime.start();
  private final InMemoryServiceRegistry registry =
      InMemoryServiceRegistry.create(
          time, InMemoryOptions.defaults().withSweepPeriod(Duration.ofSeconds(1)));
  private final Fleet fleet = new Fleet(registry, "orders", TTL);

  @Test
  void a_pause_longer_than_the_ttl_evicts_nobody() {
    fleet.register(0, 3);
    time.advance(TTL.minusSeconds(10));
    time.pause(Duration.ofSeconds(40));
    time.advance(Duration.ofSeconds(5));
    assertEquals(3, fleet.size());
  }

  @Test
  void a_pause_lengthens_leases_by_itself_and_no_more() {
    fleet.register(0, 3);
    time.pause(Duration.ofSeconds(40));
    time.advance(TTL.minusSeconds(3));
    assertEquals(3, fleet.size());
    time.advance(Duration.ofSeconds(2));
    assertEquals(0, fleet.size());
  }

  @Test
  void every_pause_counts() {
    fleet.register(0, 3);
    for (int i = 0; i < 5; i++) {
      time.pause(Duration.ofSeconds(40));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(3, fleet.size());
  }

  @Test
  void a_lease_taken_right_after_a_pause_is_not_longer_than_others() {
    time.advance(Duration.ofSeconds(1));
    time.pause(Duration.ofSeconds(40));
    fleet.register(0, 1);
    time.advance(TTL.plusSeconds(1));
    assertEquals(0, fleet.size());
  }

  @Test
  void a_sweep_that_is_only_late_lengthens_nothing() {
    fleet.register(0, 1);
    for (int i = 0; i < 15; i++) {
      time.pause(Duration.ofSeconds(2));
    }
    time.advance(Duration.ofSeconds(1));
    assertEquals(0, fleet.size());
  }

  @Test
  void a_wall_clock_that_jumps_evicts_nobody_and_keeps_nobody() {
    fleet.register(0, 3);
    time.jumpWallClock(Duration.ofHours(1));
    time.advance(TTL.dividedBy(2));
    time.jumpWallClock(Duration.ofHours(-2));
    assertEquals(3, fleet.size());
    time.advance(TTL.dividedBy(2).plusSeconds(1));
    assertEquals(0, fleet.size());
  }

  @Test
  void a_tombstone_lasts_twice_the_ttl() {
    fleet.register(0, 1);
    Fleet.now(registry.deregister(KEY, 1));
    time.advance(TTL.multipliedBy(2).minusSeconds(1));
    assertRefused(1);
    time.advance(Duration.ofSeconds(2));
    Fleet.now(registry.register(fleet.instance(0), new Lease(TTL, 1)));
    assertEquals(1, fleet.size());
  }

  @Test
  void a_tombstone_of_a_short_lease_lasts_a_minute() {
    Lease shortLease = new Lease(Duration.ofSeconds(1), 1);
    Fleet.now(registry.register(fleet.instance(0), shortLease));
    Fleet.now(registry.deregister(KEY, 1));
    time.advance(Duration.ofSeconds(59));
    assertRefused(1);
    time.advance(Duration.ofSeconds(2));
    Fleet.now(registry.register(fleet.instance(0), shortLease));
    assertEquals(1, fleet.size());
  }

  @Test
  void a_shorter_lease_is_ended_at_its_own_time() {
    Fleet.now(registry.register(fleet.instance(0), new Lease(Duration.ofHours(24), 1)));
    Fleet.now(registry.register(fleet.instance(0), new Lease(Duration.ofSeconds(2), 1)));
    time.advance(Duration.ofSeconds(3));
    assertEquals(0, fleet.size());
  }

  @Test
  void the_longest_lease_is_kept_and_ended() {
    Fleet.now(registry.register(fleet.instance(0), new Lease(Duration.ofHours(24), 1)));
    time.advance(Duration.ofHours(24).minusSeconds(1));
    assertEquals(1, fleet.size());
    time.advance(Duration.ofSeconds(2));
    assertEquals(0, fleet.size());
  }

  private void assertRefused(long incarnation) {
    CompletionException thrown =
        assertThrows(
            CompletionException.class,
            () -> Fleet.now(registry.register(fleet.instance(0), new Lease(TTL, incarnation))));
    assertInstanceOf(Superseded.class, thrown.getCause());
  }
}
