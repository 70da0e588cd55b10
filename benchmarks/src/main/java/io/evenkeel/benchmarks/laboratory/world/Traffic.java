package io.evenkeel.benchmarks.laboratory.world;

/**
 * What clients ask for.
 *
 * @param load share of all servers' capacity
 * @param work what a request costs
 * @param swing share by which the rate of arrivals is above its mean for two seconds, then below
 */
public record Traffic(double load, Work work, double swing) {
  private static final double SWING_NANOS = 2e9;

  /** The highest rate there is at any time, as a multiple of the mean. */
  double peak() {
    return 1 + swing;
  }

  /** Which share of the highest rate there is at a time. */
  double shareOfPeak(long time) {
    boolean high = (long) (time / SWING_NANOS) % 2 == 1;
    return swing == 0 || high ? 1 : (1 - swing) / (1 + swing);
  }
}
