package io.evenkeel.loadbalancer.strategy;

import java.time.Duration;

/**
 * How {@link Prequal} uses reports.
 *
 * @param pool how many it keeps, 2..64; 16
 * @param maxAge how long one counts, above 0, at most 24 h; 1 s
 * @param hot an instance is hot when it has more requests in flight than this share of the last
 *     reports, 0..1; 0.84. With 0 latency hardly counts, with 1 requests in flight do not
 */
public record PrequalOptions(int pool, Duration maxAge, double hot) {
  private static final Duration LONGEST = Duration.ofHours(24); // in nanoseconds it fits a long
  private static final PrequalOptions DEFAULTS =
      new PrequalOptions(16, Duration.ofSeconds(1), 0.84);

  /** Checks the bounds. */
  public PrequalOptions {
    if (pool < 2 || pool > 64) {
      throw new IllegalArgumentException("prequal.pool: " + pool + " (expected: 2..64)");
    }
    if (maxAge.isZero() || maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "prequal.max-age: " + DurationText.of(maxAge) + " (expected: above 0, at most 24h)");
    }
    if (!(hot >= 0 && hot <= 1)) {
      throw new IllegalArgumentException("prequal.hot: " + hot + " (expected: 0..1)");
    }
  }

  /** As in the source of {@link Prequal}. */
  public static PrequalOptions defaults() {
    return DEFAULTS;
  }
}
