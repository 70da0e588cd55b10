package io.evenkeel.loadbalancer.strategy;

import java.time.Duration;

/** How fast averages forget: after so long without samples they have fallen to 37 %. */
final class Decay {
  /** Finagle's. */
  static final Duration USUAL = Duration.ofSeconds(10);

  private static final Duration LONGEST = Duration.ofHours(24);

  private Decay() {}

  /** The option {@code decay} of a strategy. */
  static Duration of(StrategyContext with) {
    return with.duration("decay", USUAL);
  }

  /** In nanoseconds, if it is within its bounds. */
  static double nanos(String strategy, Duration decay) {
    if (decay.isZero() || decay.isNegative() || decay.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          strategy + ".decay: " + DurationText.of(decay) + " (expected: above 0, at most 24h)");
    }
    return decay.toNanos();
  }
}
