package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final ClockSkew skew = new ClockSkew();

  @Test
  void a_third_of_the_shortest_lease_is_suffered() {
    assertFalse(skew.check(Duration.ofSeconds(10), TTL));
    assertFalse(skew.check(Duration.ofSeconds(-10), TTL));
  }

  @Test
  void more_is_warned_of_in_either_direction() {
    assertTrue(skew.check(Duration.ofMillis(10_001), TTL));
    assertTrue(new ClockSkew().check(Duration.ofMillis(-10_001), TTL));
  }

  @Test
  void it_is_said_once_until_the_clocks_agreed_again() {
    assertTrue(skew.check(Duration.ofMinutes(1), TTL));
    assertFalse(skew.check(Duration.ofMinutes(2), TTL));
    assertFalse(skew.check(Duration.ZERO, TTL));
    assertTrue(skew.check(Duration.ofMinutes(1), TTL));
  }

  @Test
  void what_a_busy_machine_measures_is_no_skew() {
    assertFalse(skew.check(Duration.ofSeconds(1), Duration.ofMillis(1)));
  }

  @Test
  void the_shortest_lease_is_that_of_the_listed() {
    Mirror mirror = new Mirror(service -> {});
    assertEquals(TTL, mirror.shortestTtl());
    mirror.offer(Registration.of(Samples.instance(1), new Lease(Duration.ofSeconds(7), 1), 1), 0);
    assertEquals(Duration.ofSeconds(7), mirror.shortestTtl());
    mirror.offer(Samples.dead(1, 2), 0);
    assertEquals(TTL, mirror.shortestTtl());
  }
}
