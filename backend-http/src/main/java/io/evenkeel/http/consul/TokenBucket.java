package io.evenkeel.http.consul;

import java.time.Duration;

/**
 * A bucket of tokens that refills by one per step, up to its burst. Kept as the time when it will
 * be full again, so that it needs no timer (the generic cell rate algorithm of ITU-T I.371). For
 * one thread at a time.
 */
final class TokenBucket {
  private final long step;
  private final long burstNanos; // how far ahead of now the bucket may be drawn down
  private long fullAt;

  TokenBucket(int burst, Duration step, long now) {
    this.step = step.toNanos();
    this.burstNanos = (burst - 1) * this.step;
    this.fullAt = now;
  }

  /** Takes a token; answers false, and takes none, when there is none. */
  boolean take(long now) {
    if (nanosUntilNext(now) > 0) {
      return false;
    }
    fullAt = (fullAt - now > 0 ? fullAt : now) + step;
    return true;
  }

  /** How long until there is a token; 0 when there is one. */
  long nanosUntilNext(long now) {
    return Math.max(0, fullAt - now - burstNanos);
  }
}
