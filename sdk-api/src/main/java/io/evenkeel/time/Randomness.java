package io.evenkeel.time;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Where random numbers come from, and what periods do with them. */
public final class Randomness {
  private static final RandomGenerator PER_THREAD = () -> ThreadLocalRandom.current().nextLong();

  private Randomness() {}

  /**
   * A generator that is safe from any thread and never contended: each thread draws from its own
   * state. Allocates nothing.
   */
  public static RandomGenerator perThread() {
    return PER_THREAD;
  }

  /** A repeatable generator for one thread, for tests and simulations. */
  public static RandomGenerator seeded(long seed) {
    return new SplittableRandom(seed);
  }

  /**
   * A random duration in {@code [period × (1 − spread), period × (1 + spread)]}, so that many
   * clients with the same period do not meet.
   *
   * @param spread 0..1
   */
  public static Duration jitter(Duration period, double spread, RandomGenerator random) {
    if (!(spread >= 0 && spread <= 1)) {
      throw new IllegalArgumentException("spread: " + spread + " (expected: 0..1)");
    }
    double factor = 1 + spread * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (period.toNanos() * factor));
  }
}
