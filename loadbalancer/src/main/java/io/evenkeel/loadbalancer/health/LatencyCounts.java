package io.evenkeel.loadbalancer.health;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How often which latency was seen lately: a histogram whose buckets are four to an octave, so a
 * quantile is right to a fifth. Any thread records, with one atomic addition; everything else is
 * for one thread.
 */
final class LatencyCounts {
  /** Buckets: from 8 µs to 137 s. */
  static final int SIZE = 4 * 24;

  private static final int SHORTEST = 13; // its binary logarithm, in nanoseconds

  private final AtomicIntegerArray counts = new AtomicIntegerArray(SIZE);

  void record(long nanos) {
    counts.getAndAdd(bucket(nanos), Fading.UNIT);
  }

  private static int bucket(long nanos) {
    long in = Math.max(nanos, 1L << SHORTEST);
    int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(in);
    int quarter = (int) (in >>> (octave - 2)) & 3;
    return Math.min(SIZE - 1, 4 * (octave - SHORTEST) + quarter);
  }

  /** Adds these counts, in units, to others, and says how many answers they are. */
  double addTo(long[] sum) {
    long total = 0;
    for (int bucket = 0; bucket < SIZE; bucket++) {
      int count = counts.get(bucket);
      sum[bucket] += count;
      total += count;
    }
    return total / (double) Fading.UNIT;
  }

  /** Lets a part of what was seen be forgotten. */
  void fade() {
    for (int bucket = 0; bucket < SIZE; bucket++) {
      int count = counts.get(bucket);
      if (count > 0) {
        counts.getAndAdd(bucket, -Fading.of(count));
      }
    }
  }

  void clear() {
    for (int bucket = 0; bucket < SIZE; bucket++) {
      counts.set(bucket, 0);
    }
  }

  /** The latency, in nanoseconds, that a share of the counted ones does not exceed; 0 of none. */
  static double quantile(long[] counts, double share) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    double left = share * total;
    for (int bucket = 0; bucket < SIZE && total > 0; bucket++) {
      if (counts[bucket] > 0 && left <= counts[bucket]) {
        return from(bucket) + left / counts[bucket] * (from(bucket + 1) - from(bucket));
      }
      left -= counts[bucket];
    }
    return total == 0 ? 0 : from(SIZE);
  }

  private static double from(int bucket) {
    return (4 + bucket % 4) / 4.0 * (1L << (SHORTEST + bucket / 4));
  }
}
