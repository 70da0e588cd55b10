package io.evenkeel.loadbalancer.call;

import io.evenkeel.time.Backoff;
import java.time.Duration;

/**
 * How retries are spaced, and what they may add to the load.
 *
 * @param backoff before a retry; up to 25 ms doubling up to 1 s by default, with full jitter
 * @param budgetRatio retries per request, 0..10; 0.2 by default, as Finagle
 * @param budgetPerSecond retries per second that are allowed on top, 0 or more; 10 by default, so
 *     that a service with little traffic can retry at all
 */
public record RetryOptions(Backoff backoff, double budgetRatio, int budgetPerSecond) {

  /** Checks the bounds. */
  public RetryOptions {
    if (!(budgetRatio >= 0 && budgetRatio <= 10)) {
      throw new IllegalArgumentException("budgetRatio: " + budgetRatio + " (expected: 0..10)");
    }
    if (budgetPerSecond < 0) {
      throw new IllegalArgumentException(
          "budgetPerSecond: " + budgetPerSecond + " (expected: >= 0)");
    }
  }

  /** 25 ms doubling to 1 s, 20 % of requests and 10 per second. */
  public static RetryOptions defaults() {
    return new RetryOptions(new Backoff(Duration.ofMillis(25), Duration.ofSeconds(1)), 0.2, 10);
  }
}
