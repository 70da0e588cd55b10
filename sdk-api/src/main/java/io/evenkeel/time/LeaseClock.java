package io.evenkeel.time;

import java.time.Duration;

/**
 * The time that leases are measured in, in nanoseconds from 0. It runs as the monotonic clock does,
 * but never further than an allowance ahead of the last sweep: when the whole process was frozen,
 * the sweeper was too, lease time stood still, and so every lease is longer by the gap without one
 * of them having been touched. The idea is Eureka's {@code additionalLeaseMs}. For backends that
 * keep leases themselves.
 */
public final class LeaseClock {
  private final TimeSource time;
  private final long allowance;
  private volatile Mark last; // written by the sweeper only; read anywhere

  private LeaseClock(TimeSource time, Duration allowance) {
    this.time = time;
    this.allowance = allowance.toNanos();
    this.last = new Mark(time.nanoTime(), 0);
  }

  /**
   * Starts at 0.
   *
   * @param allowance the time between two sweeps, and how late one may be
   */
  public static LeaseClock start(TimeSource time, Duration allowance) {
    return new LeaseClock(time, allowance);
  }

  /** Lease time now. Safe from any thread. */
  public long now() {
    Mark mark = last;
    return mark.lease + Math.min(time.nanoTime() - mark.nanos, allowance);
  }

  /**
   * A sweep begins: lets lease time run on. Returns the nanoseconds by which it stood still, 0 as a
   * rule. For one thread, the sweeper's.
   */
  public long mark() {
    Mark before = last;
    long nanos = time.nanoTime();
    long elapsed = nanos - before.nanos;
    last = new Mark(nanos, before.lease + Math.min(elapsed, allowance));
    return Math.max(0, elapsed - allowance);
  }

  private record Mark(long nanos, long lease) {}
}
