package io.evenkeel.benchmarks.registry;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** What was measured, in nanoseconds; for any number of threads, read when they are done. */
public final class Latencies {
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  /** Room for so many; what comes after is not kept. */
  public Latencies(int capacity) {
    nanos = new long[capacity];
  }

  /** Notes one. */
  public void add(long value) {
    int at = count.getAndIncrement();
    if (at < nanos.length) {
      nanos[at] = value;
    }
  }

  /** How many are kept. */
  public int count() {
    return Math.min(count.get(), nanos.length);
  }

  /** In milliseconds; {@code share} 0.99 for p99. */
  public double millis(double share) {
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
