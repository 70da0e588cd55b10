package io.evenkeel.loadbalancer.health;

import java.time.Duration;

/**
 * Which endpoints stand out from the others, beside those that fail again and again. The rules look
 * once a second at what was seen lately (a tenth of it is forgotten each second), so an outlier is
 * out a second or two after it shows. As many components as there are numbers in the rules.
 *
 * @param hosts a rule that compares rates wants so many endpoints with enough volume; 5 by default
 * @param deviations the success-rate rule: so many standard deviations below the mean rate are too
 *     many; 1.9 by default, infinite for no such rule
 * @param rateVolume calls an endpoint must have ended for that rule, 100 by default
 * @param failureShare the failure-share rule: 0..1, 0.85 by default, infinite for no such rule
 * @param shareVolume calls for that rule, 50 by default
 * @param timesMedian the latency rule: an endpoint whose median is so many times the median
 *     endpoint's is gray; 5 by default, infinite for no such rule
 * @param latencyVolume answers an endpoint must have given for that rule, 20 by default; it wants
 *     three such endpoints
 * @param stallAtLeast the stall rule: an endpoint that has answered nothing for so long, and for so
 *     many times the service's p99, while a call waits for it, is a black hole; 500 ms by default
 * @param timesP99 for that rule, 5 by default, infinite for no such rule
 */
public record OutlierOptions(
    int hosts,
    double deviations,
    int rateVolume,
    double failureShare,
    int shareVolume,
    double timesMedian,
    int latencyVolume,
    Duration stallAtLeast,
    double timesP99) {

  /** Checks the bounds. */
  public OutlierOptions {
    atLeastOne("outliers.hosts", hosts);
    above("outliers.deviations", deviations, 0);
    atLeastOne("outliers.rateVolume", rateVolume);
    above("outliers.failureShare", failureShare, 0);
    atLeastOne("outliers.shareVolume", shareVolume);
    above("outliers.timesMedian", timesMedian, 1);
    atLeastOne("outliers.latencyVolume", latencyVolume);
    above("outliers.timesP99", timesP99, 1);
    if (stallAtLeast.isNegative() || stallAtLeast.compareTo(Duration.ofHours(24)) > 0) {
      throw new IllegalArgumentException(
          "outliers.stallAtLeast: " + stallAtLeast + " (expected: 0..24 h)");
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
    }
  }

  private static void above(String name, double value, double bound) {
    if (!(value > bound)) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: above " + bound + "; infinite for none)");
    }
  }

  /**
   * All rules. Rates as gRFC A50 and Envoy have them; latency and stalls are ours, tuned in the
   * laboratory.
   */
  public static OutlierOptions defaults() {
    return new OutlierOptions(5, 1.9, 100, 0.85, 50, 5, 20, Duration.ofMillis(500), 5);
  }

  /** No rule at all. */
  public static OutlierOptions off() {
    double never = Double.POSITIVE_INFINITY;
    return new OutlierOptions(1, never, 1, never, 1, never, 1, Duration.ZERO, never);
  }

  /** With another latency rule. */
  public OutlierOptions withLatency(double times, int volume) {
    return new OutlierOptions(
        hosts,
        deviations,
        rateVolume,
        failureShare,
        shareVolume,
        times,
        volume,
        stallAtLeast,
        timesP99);
  }

  /** With another stall rule. */
  public OutlierOptions withStall(Duration atLeast, double times) {
    return new OutlierOptions(
        hosts,
        deviations,
        rateVolume,
        failureShare,
        shareVolume,
        timesMedian,
        latencyVolume,
        atLeast,
        times);
  }
}
