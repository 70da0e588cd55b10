package io.evenkeel.loadbalancer.load;

import java.time.Duration;

/**
 * How load reports become weights.
 *
 * @param enabled whether they do; not unless set
 * @param blackout how long an instance must have reported before it is believed, up to 24 h; 10 s
 * @param expiry how long its last report counts, up to 24 h; 180 s
 * @param period how often weights follow the reports, 100 ms or more; 1 s
 * @param errorPenalty how much of its utilization an instance that only fails is taken to have
 *     above what it reports, finite and 0 or more; 1
 * @param least no weight falls below this share of the greatest, above 0, up to 1; 0.05, so that an
 *     instance that reports nonsense takes no more than twenty times what another does
 */
public record LoadWeightOptions(
    boolean enabled,
    Duration blackout,
    Duration expiry,
    Duration period,
    double errorPenalty,
    double least) {
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24); // in nanoseconds it fits a long
  private static final LoadWeightOptions OFF =
      new LoadWeightOptions(
          false, Duration.ofSeconds(10), Duration.ofMinutes(3), Duration.ofSeconds(1), 1, 0.05);

  /** Checks the bounds. */
  public LoadWeightOptions {
    if (blackout.isNegative() || blackout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("blackout: " + blackout + " (expected: 0..24 h)");
    }
    if (expiry.isNegative() || expiry.isZero() || expiry.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expiry: " + expiry + " (expected: above 0, up to 24 h)");
    }
    if (period.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("period: " + period + " (expected: 100 ms or more)");
    }
    if (!(errorPenalty >= 0 && errorPenalty <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "errorPenalty: " + errorPenalty + " (expected: finite and >= 0)");
    }
    if (!(least > 0 && least <= 1)) {
      throw new IllegalArgumentException("least: " + least + " (expected: above 0, up to 1)");
    }
  }

  /** Weights are as the registry has them. The other figures are those of gRFC A58. */
  public static LoadWeightOptions off() {
    return OFF;
  }

  /** Reports become weights, with the figures of gRFC A58. */
  public static LoadWeightOptions on() {
    return new LoadWeightOptions(
        true, OFF.blackout, OFF.expiry, OFF.period, OFF.errorPenalty, OFF.least);
  }
}
