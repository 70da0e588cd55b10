package io.evenkeel.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with jitter: the n-th delay (n from 0) is uniform in {@code [(1 − jitter) ×
 * b, b]} where {@code b = min(max, first × 2^n)}. Source: M. Brooker, "Exponential Backoff and
 * Jitter", AWS Architecture Blog, 2015; its "full jitter" is the usual one.
 *
 * @param first the bound of the first delay, more than zero
 * @param max the bound no delay exceeds, at least {@code first}
 * @param jitter 0..1, the share of a delay that chance may take away
 */
public record Backoff(Duration first, Duration max, double jitter) {

  /** Checks the bounds. */
  public Backoff {
    if (first.isZero() || first.isNegative()) {
      throw new IllegalArgumentException("backoff.first: " + first + " (expected: > 0)");
    }
    if (max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff.max: " + max + " (expected: >= first, " + first + ")");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("backoff.jitter: " + jitter + " (expected: 0..1)");
    }
  }

  /** With full jitter. */
  public Backoff(Duration first, Duration max) {
    this(first, max, 1);
  }

  /** The same delay every time, as the systems have it that many clients of today were made for. */
  public static Backoff constant(Duration delay) {
    return new Backoff(delay, delay, 0);
  }

  /** The delay before try number {@code n}, counted from 0; a negative {@code n} counts as 0. */
  public Duration delay(int n, RandomGenerator random) {
    return Duration.ofNanos(
        (long) (bound(n).toNanos() * (1 - jitter + jitter * random.nextDouble())));
  }

  private Duration bound(int n) {
    int doublings = Math.max(0, Math.min(n, 62));
    boolean below = first.toNanos() <= max.toNanos() >> doublings; // else it may overflow
    return below ? Duration.ofNanos(first.toNanos() << doublings) : max;
  }
}
