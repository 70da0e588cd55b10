package io.evenkeel.loadbalancer.probe;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so much through on average, and a few at once. Source: the generic cell rate algorithm,
 * ITU-T I.371. Any thread.
 */
final class RateBound {
  private static final int AT_ONCE = 32;

  private final long interval; // nanoseconds
  private final AtomicLong due; // when the next one would come, if all came evenly

  RateBound(long interval, long now) {
    this.interval = interval;
    this.due = new AtomicLong(now);
  }

  boolean allows(long now) {
    long next = due.get();
    long from = next - now > 0 ? next : now;
    return from - now < AT_ONCE * interval && due.compareAndSet(next, from + interval);
  }
}
