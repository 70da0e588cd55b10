package io.evenkeel.hazelcast;

import java.time.Duration;

/**
 * The habits of a {@link HazelcastServiceRegistry}. Immutable; start from {@link #defaults()}.
 *
 * @param map the map that holds the registrations, {@code evenkeel} by default; registries of one
 *     cluster that use the same map are one registry
 * @param callDeadline how long a call may take, 100 ms..1 min; 800 ms by default, so that its end
 *     is there within 1 s on a machine with much to do
 * @param sweepPeriod how often leases that ran out are looked for, 10 ms..1 min; 250 ms by default
 * @param repairPeriod how often the whole map is read although no event asked for it, 1 s..1 h, ±10
 *     %; 60 s by default
 */
public record HazelcastOptions(
    String map, Duration callDeadline, Duration sweepPeriod, Duration repairPeriod) {

  /** Checks the bounds. */
  public HazelcastOptions {
    if (!map.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "map: " + map + " (expected: 1..100 of letters, digits, dot, underscore and hyphen)");
    }
    check("callDeadline", callDeadline, Duration.ofMillis(100), Duration.ofMinutes(1));
    check("sweepPeriod", sweepPeriod, Duration.ofMillis(10), Duration.ofMinutes(1));
    check("repairPeriod", repairPeriod, Duration.ofSeconds(1), Duration.ofHours(1));
  }

  private static void check(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }

  /** The map {@code evenkeel}, calls within 800 ms, a sweep every 250 ms, a repair every minute. */
  public static HazelcastOptions defaults() {
    return new HazelcastOptions(
        "evenkeel", Duration.ofMillis(800), Duration.ofMillis(250), Duration.ofSeconds(60));
  }

  /** Another map. */
  public HazelcastOptions withMap(String name) {
    return new HazelcastOptions(name, callDeadline, sweepPeriod, repairPeriod);
  }

  /** Another deadline. */
  public HazelcastOptions withCallDeadline(Duration deadline) {
    return new HazelcastOptions(map, deadline, sweepPeriod, repairPeriod);
  }

  /** Another time between sweeps. */
  public HazelcastOptions withSweepPeriod(Duration period) {
    return new HazelcastOptions(map, callDeadline, period, repairPeriod);
  }

  /** Another time between repairs. */
  public HazelcastOptions withRepairPeriod(Duration period) {
    return new HazelcastOptions(map, callDeadline, sweepPeriod, period);
  }
}
