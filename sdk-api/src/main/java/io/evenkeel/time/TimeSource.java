package io.evenkeel.time;

import java.time.Instant;

/**
 * Reads time. Intervals are measured with {@link #nanoTime()} only, so that a jump of the wall
 * clock neither expires a lease nor keeps a dead one; {@link #instant()} is for people and for what
 * outlives the process. Safe from any thread.
 */
public interface TimeSource {

  /** A monotonic reading in nanoseconds with an arbitrary origin, as {@link System#nanoTime()}. */
  long nanoTime();

  /** The wall clock. It may jump in either direction, so it never measures an interval. */
  Instant instant();

  /** The clocks of this machine. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
