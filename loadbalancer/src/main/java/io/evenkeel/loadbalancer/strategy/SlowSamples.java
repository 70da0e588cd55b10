package io.evenkeel.loadbalancer.strategy;

/** Cuts slow samples: one outlier is forgiven, one that is slow again and again is believed. */
final class SlowSamples {
  private static final double SLOW = 3; // times the fleet's mean
  private static final double SLOWER = 10; // what one more slow one in a row may be times slower
  private static final int MOST = 8;

  private volatile int inARow; // a lost update forgives one more

  /** What a latency, in nanoseconds, is taken to be: at least 1, and with a mean of 0 itself. */
  double cut(long latency, double mean) {
    double sample = Math.max(1.0, (double) latency);
    double slow = SLOW * mean;
    if (slow == 0 || sample <= slow) {
      if (inARow != 0) {
        inARow = 0;
      }
      return sample;
    }
    int before = inARow;
    inARow = Math.min(MOST, before + 1);
    return Math.min(sample, slow * Math.pow(SLOWER, before));
  }
}
