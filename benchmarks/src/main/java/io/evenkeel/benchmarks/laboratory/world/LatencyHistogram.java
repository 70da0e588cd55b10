package io.evenkeel.benchmarks.laboratory.world;

/**
 * Counts latencies in classes that are at most 0.2 % wide, from a microsecond up: 512 for each
 * doubling, as HdrHistogram has it.
 */
public final class LatencyHistogram {
  private static final int BITS = 9;
  private static final int HALF = 1 << BITS;

  private int[] counts = new int[16 * HALF];
  private long total;
  private long highest; // microseconds, exact

  /** Counts one. */
  public void add(long nanos) {
    long micros = nanos / 1000;
    counts[index(micros)]++;
    highest = Math.max(highest, micros);
    total++;
  }

  /** Takes the other's counts over. */
  public void add(LatencyHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    highest = Math.max(highest, other.highest);
    total += other.total;
  }

  /** How many there are. */
  public long total() {
    return total;
  }

  /**
   * The latency in milliseconds that a share of all, 0..1, does not exceed; 0 if there are none.
   */
  public double quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(middle(i), (double) highest) / 1000;
      }
    }
    return 0;
  }

  private static int index(long micros) {
    int doublings = Math.max(0, Long.SIZE - BITS - 1 - Long.numberOfLeadingZeros(micros));
    return Math.min(16 * HALF - 1, doublings * HALF + (int) (micros >>> doublings));
  }

  private static double middle(int index) {
    int doublings = Math.max(0, index / HALF - 1);
    long lowest = (long) (index - doublings * HALF) << doublings;
    return lowest + ((1L << doublings) - 1) / 2.0;
  }
}
