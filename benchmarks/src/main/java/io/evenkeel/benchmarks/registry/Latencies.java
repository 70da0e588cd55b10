package io.evenkeel.benchmarks.registry;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** What was measured, in nanoseconds; for any number of threads, read when they are done. */
final class Latencies {
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  Latencies(int capacity) {
    nanos = new long[capacity];
  }

  void add(long value) {
    int at = count.getAndIncrement();
    if (at < nanos.length) {
      nanos[at] = value;
    }
  }

  int count() {
    return Math.min(count.get(), nanos.length);
  }

  /** In milliseconds; {@code share} 0.99 for p99. */
  double millis(double share) {
    long[] sorted = Arrays.copyOf(nanos, count());
    Arrays.sort(sorted);
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / 1e6;
  }

  @Override
  public String toString() {
    return "n %d, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(count(), millis(0.5), millis(0.99), millis(1));
  }
}
