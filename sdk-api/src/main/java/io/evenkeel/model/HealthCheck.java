package io.evenkeel.model;

import java.time.Duration;

/** How others may ask an instance whether it is well. */
public sealed interface HealthCheck {

  /** No check: the lease alone tells. */
  static HealthCheck none() {
    return None.INSTANCE;
  }

  /** A GET every 10 s with a timeout of 5 s; see {@link Http}. */
  static HealthCheck http(String target) {
    return new Http(target, Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  /** A TCP connect every 10 s with a timeout of 5 s. */
  static HealthCheck tcp() {
    return new Tcp(Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  /** The absence of a check. */
  enum None implements HealthCheck {
    /** The only one. */
    INSTANCE
  }

  /**
   * A GET that is answered with 2xx.
   *
   * @param target a path of the instance such as {@code /health}, or an http or https URL
   * @param interval between two checks, 1 s..24 h
   * @param timeout of one check, more than zero and at most the interval
   */
  record Http(String target, Duration interval, Duration timeout) implements HealthCheck {
    /** Checks the target and the times. */
    public Http {
      Checks.text("healthCheck.target", target, Checks.MAX_VALUE);
      if (!target.startsWith("/") && !target.matches("https?://.+")) {
        throw Checks.refused("healthCheck.target", target, "a path from / or an http(s) URL");
      }
      checkTimes(interval, timeout);
    }
  }

  /**
   * A TCP connection that is accepted.
   *
   * @param interval between two checks, 1 s..24 h
   * @param timeout of one check, more than zero and at most the interval
   */
  record Tcp(Duration interval, Duration timeout) implements HealthCheck {
    /** Checks the times. */
    public Tcp {
      checkTimes(interval, timeout);
    }
  }

  private static void checkTimes(Duration interval, Duration timeout) {
    if (interval.compareTo(Lease.MIN_TTL) < 0 || interval.compareTo(Lease.MAX_TTL) > 0) {
      throw Checks.refused("healthCheck.interval", interval, "1 s..24 h");
    }
    if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(interval) > 0) {
      throw Checks.refused("healthCheck.timeout", timeout, "> 0, at most the interval");
    }
  }
}
