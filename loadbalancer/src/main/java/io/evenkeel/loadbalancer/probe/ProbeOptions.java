package io.evenkeel.loadbalancer.probe;

import java.time.Duration;

/**
 * How much is asked.
 *
 * @param perRequest how many instances for each request, 0..16; a part of one is one by chance; 3
 * @param maxPerSecond how many at most for all requests of a balancer, 1..1,000,000; 1,000
 * @param deadline after which an answer says nothing any more, above 0; 250 ms
 */
public record ProbeOptions(double perRequest, int maxPerSecond, Duration deadline) {
  private static final ProbeOptions DEFAULTS = new ProbeOptions(3, 1_000, Duration.ofMillis(250));

  /** Checks the bounds. */
  public ProbeOptions {
    if (!(perRequest >= 0 && perRequest <= 16)) {
      throw new IllegalArgumentException("probe.perRequest: " + perRequest + " (expected: 0..16)");
    }
    if (maxPerSecond < 1 || maxPerSecond > 1_000_000) {
      throw new IllegalArgumentException(
          "probe.maxPerSecond: " + maxPerSecond + " (expected: 1..1000000)");
    }
    if (deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("probe.deadline: " + deadline + " (expected: above 0)");
    }
  }

  /** Three for each request, as Prequal (NSDI 2024) has it. */
  public static ProbeOptions defaults() {
    return DEFAULTS;
  }

  /** The same with so many instances for each request. */
  public ProbeOptions withPerRequest(double probes) {
    return new ProbeOptions(probes, maxPerSecond, deadline);
  }

  /** The same with so many at most in a second. */
  public ProbeOptions withMaxPerSecond(int probes) {
    return new ProbeOptions(perRequest, probes, deadline);
  }

  /** The same with a time for each. */
  public ProbeOptions withDeadline(Duration time) {
    return new ProbeOptions(perRequest, maxPerSecond, time);
  }
}
