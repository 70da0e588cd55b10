package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.time.TimeSource;

/**
 * A clock that a pick reads for nothing: the last reading that an attempt's begin or end took, to
 * about a millisecond. It stands still while nothing happens.
 */
final class CoarseClock {
  private static final long STEP = 1L << 20; // nanoseconds; rarer writes, so that reads stay cached

  private final TimeSource time;
  private volatile long last;

  CoarseClock(TimeSource time) {
    this.time = time;
    this.last = time.nanoTime();
  }

  /** The exact time, which costs about 25 ns. */
  long read() {
    long now = time.nanoTime();
    if (now - last > STEP) {
      last = now;
    }
    return now;
  }

  /** The time of the last reading. */
  long last() {
    return last;
  }
}
