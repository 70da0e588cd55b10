package io.evenkeel.loadbalancer.health;

import java.time.Duration;

/**
 * When an endpoint is left out because of its failures, and for how long. The defaults are those of
 * Envoy's and gRPC's outlier detection (gRFC A50).
 *
 * @param consecutiveFailures failures in a row that eject, 5 by default; a connection that could
 *     not be made ejects at once, since nothing listens there
 * @param baseTime of an ejection, 30 s by default; the n-th in a row lasts n times as long
 * @param maxTime no ejection is longer than this, 300 s by default
 * @param maxShare of the endpoints that may be out at once, 0..1, 0.1 by default; one always may,
 *     unless it is 0, which ejects nobody
 * @param outliers who stands out from the others
 */
public record EjectionOptions(
    int consecutiveFailures,
    Duration baseTime,
    Duration maxTime,
    double maxShare,
    OutlierOptions outliers) {
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Checks the bounds. */
  public EjectionOptions {
    if (consecutiveFailures < 1) {
      throw new IllegalArgumentException(
          "ejection.consecutiveFailures: " + consecutiveFailures + " (expected: >= 1)");
    }
    boolean inOrder =
        !baseTime.isZero() && !baseTime.isNegative() && maxTime.compareTo(baseTime) >= 0;
    if (!inOrder || maxTime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "ejection times: "
              + baseTime
              + ", "
              + maxTime
              + " (expected: 0 < baseTime <= maxTime <= 24 h)");
    }
    if (!(maxShare >= 0 && maxShare <= 1)) {
      throw new IllegalArgumentException("ejection.maxShare: " + maxShare + " (expected: 0..1)");
    }
  }

  /** 5 failures in a row, 30 s growing to 300 s, a tenth of the endpoints. */
  public static EjectionOptions defaults() {
    return new EjectionOptions(
        5, Duration.ofSeconds(30), Duration.ofSeconds(300), 0.1, OutlierOptions.defaults());
  }

  int mayBeOut(int endpoints) {
    return maxShare == 0 ? 0 : Math.max(1, (int) (endpoints * maxShare));
  }

  /** Other times. */
  public EjectionOptions withTimes(Duration base, Duration max) {
    return new EjectionOptions(consecutiveFailures, base, max, maxShare, outliers);
  }

  /** Another number of failures in a row. */
  public EjectionOptions withConsecutiveFailures(int failures) {
    return new EjectionOptions(failures, baseTime, maxTime, maxShare, outliers);
  }

  /** Another share that may be out at once. */
  public EjectionOptions withMaxShare(double share) {
    return new EjectionOptions(consecutiveFailures, baseTime, maxTime, share, outliers);
  }

  /** With other rules for those that stand out. */
  public EjectionOptions withOutliers(OutlierOptions rules) {
    return new EjectionOptions(consecutiveFailures, baseTime, maxTime, maxShare, rules);
  }
}
