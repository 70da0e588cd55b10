package io.evenkeel.inmemory;

import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The habits of an {@link InMemoryServiceRegistry}. Immutable; start from {@link #defaults()}.
 *
 * @param sweepPeriod how often expired leases are looked for, 1 ms..1 min; 500 ms by default, so
 *     that a crashed instance is gone within its TTL + 1 s even when a sweep is late
 * @param tombstoneRetention the least time a deregistered incarnation is remembered, more than
 *     zero; 60 s by default. A longer one is kept where 2 × TTL is longer
 * @param evictionGuard whether a mass expiry is doubted: when more than half of at least 10
 *     registered instances expire within 10 s, the expired ones are kept for one more TTL, and then
 *     at most 15 % of the registered go per sweep, in random order; true by default
 * @param random draws that order; {@link Randomness#perThread()} by default
 */
public record InMemoryOptions(
    Duration sweepPeriod,
    Duration tombstoneRetention,
    boolean evictionGuard,
    RandomGenerator random) {

  /** Checks the times. */
  public InMemoryOptions {
    if (sweepPeriod.toMillis() < 1 || sweepPeriod.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "sweepPeriod: " + sweepPeriod + " (expected: 1 ms..1 min)");
    }
    if (tombstoneRetention.isZero() || tombstoneRetention.isNegative()) {
      throw new IllegalArgumentException(
          "tombstoneRetention: " + tombstoneRetention + " (expected: > 0)");
    }
  }

  /** Sweeps every 500 ms, remembers deregistrations for 60 s, doubts a mass expiry. */
  public static InMemoryOptions defaults() {
    return new InMemoryOptions(
        Duration.ofMillis(500), Duration.ofSeconds(60), true, Randomness.perThread());
  }

  /** Another time between sweeps. */
  public InMemoryOptions withSweepPeriod(Duration period) {
    return new InMemoryOptions(period, tombstoneRetention, evictionGuard, random);
  }

  /** Another least time for tombstones. */
  public InMemoryOptions withTombstoneRetention(Duration retention) {
    return new InMemoryOptions(sweepPeriod, retention, evictionGuard, random);
  }

  /** Whether a mass expiry is doubted. */
  public InMemoryOptions withEvictionGuard(boolean guard) {
    return new InMemoryOptions(sweepPeriod, tombstoneRetention, guard, random);
  }

  /** Another source of the order of doubted evictions; used on the scheduler's thread only. */
  public InMemoryOptions withRandom(RandomGenerator generator) {
    return new InMemoryOptions(sweepPeriod, tombstoneRetention, evictionGuard, generator);
  }
}
