package io.evenkeel.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: the n-th delay (n from 0) is uniform in {@code [0, min(max,
 * first × 2^n)]}. Source: M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog,
 * 2015.
 *
 * @param first the bound of the first delay, more than zero
 * @param max the bound no delay exceeds, at least {@code first}
 */
public record Backoff(Duration first, Duration max) {

  /** Checks the bounds. */
  public Backoff {
    if (first.isZero() || first.isNegative()) {
      throw new IllegalArgumentException("backoff.first: " + first + " (expected: > 0)");
    }
    if (max.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff.max: " + max + " (expected: >= first, " + first + ")");
    }
  }

  /** The delay before try number {@code n}, counted from 0; a negative {@code n} counts as 0. */
  public Duration delay(int n, RandomGenerator random) {
    return Duration.ofNanos((long) (bound(n).toNanos() * random.nextDouble()));
  }

  private Duration bound(int n) {
    int doublings = Math.max(0, Math.min(n, 62));
    long bound = first.toNanos();
    for (int i = 0; i < doublings && bound < max.toNanos(); i++) {
      bound = bound > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : bound * 2;
    }
    return Duration.ofNanos(Math.min(bound, max.toNanos()));
  }
}
