package io.evenkeel.cli;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long requests took, in bounded memory however many there are: a bucket holds those that share
 * their highest seven bits, so a percentile is at most 1/64 above the true one. The same idea as G.
 * Tene's HdrHistogram. Safe from any thread.
 */
final class Latencies {
  private static final int BITS = 7;
  private static final int SUB = 1 << (BITS - 1); // buckets for each power of two
  private static final int BUCKETS = (64 - BITS + 1) * SUB + SUB;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
  private final AtomicLong max = new AtomicLong();

  void record(long nanos) {
    long value = Math.max(0, nanos);
    counts.incrementAndGet(bucket(value));
    max.accumulateAndGet(value, Math::max);
  }

  private static int bucket(long value) {
    int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(value) - BITS);
    return shift * SUB + (int) (value >>> shift);
  }

  private static long highest(int bucket) {
    int shift = Math.max(0, bucket / SUB - 1);
    long top = bucket - (long) shift * SUB;
    return ((top + 1) << shift) - 1;
  }

  /** The milliseconds that a share of the requests, 0..1, did not exceed; 0 when there are none. */
  double percentileMillis(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * count()));
    long seen = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts.get(bucket);
      if (seen >= wanted) {
        return Math.min(highest(bucket), max.get()) / 1e6;
      }
    }
    return 0;
  }

  double maxMillis() {
    return max.get() / 1e6;
  }

  private long count() {
    long all = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      all += counts.get(bucket);
    }
    return all;
  }
}
