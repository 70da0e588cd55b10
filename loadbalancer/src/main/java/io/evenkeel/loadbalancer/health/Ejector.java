package io.evenkeel.loadbalancer.health;

import java.util.Collection;
import java.util.random.RandomGenerator;

/**
 * Rules which of a balancer's endpoints are left out because of their failures. Used by one thread
 * at a time.
 */
public final class Ejector {
  private static final double SPREAD = 0.1; // so that those ejected together do not return together

  private final EjectionOptions options;
  private final RandomGenerator random;
  private final Outliers outliers;
  private int out; // after the last judgement

  private Ejector(EjectionOptions options, RandomGenerator random) {
    this.options = options;
    this.random = random;
    this.outliers = new Outliers(options.outliers());
  }

  /** An ejector that varies times with the given generator. */
  public static Ejector with(EjectionOptions options, RandomGenerator random) {
    return new Ejector(options, random);
  }

  /** Whether somebody is out since the last judgement. */
  public boolean isAnyOut() {
    return out > 0;
  }

  /**
   * Compares the endpoints with each other: once a second, while calls are made.
   *
   * @return whether somebody stands out, and should be judged
   */
  public boolean look(Collection<EndpointHealth> endpoints) {
    endpoints.forEach(EndpointHealth::compareAgain);
    outliers.look(endpoints);
    return endpoints.stream().anyMatch(health -> health.isSuspect() && !health.isEjected());
  }

  /**
   * Nanoseconds without an answer that make a black hole of an endpoint; endless while too little
   * is known. Any thread.
   */
  public long stallLimit() {
    return outliers.stallLimit();
  }

  /**
   * Lets back in those whose time is over, then ejects the suspects, as many as may be out at once.
   *
   * @param now a monotonic reading in nanoseconds
   * @return nanoseconds until the next one is let back in, {@link Long#MAX_VALUE} if none is out
   */
  public long judge(Collection<EndpointHealth> endpoints, long now) {
    out = 0;
    boolean suspects = false;
    for (EndpointHealth health : endpoints) {
      if (health.isEjected() && health.remaining(now) <= 0) {
        health.letBackIn(now);
      }
      out += health.isEjected() ? 1 : 0;
      suspects |= health.isSuspect();
    }
    return suspects || out > 0 ? eject(endpoints, now) : Long.MAX_VALUE;
  }

  private long eject(Collection<EndpointHealth> endpoints, long now) {
    int mayBeOut = options.mayBeOut(endpoints.size());
    long next = Long.MAX_VALUE;
    for (EndpointHealth health : endpoints) {
      if (health.isSuspect() && !health.isEjected() && out < mayBeOut) {
        health.eject(now, SPREAD * random.nextDouble());
        out++;
      }
      next = health.isEjected() ? Math.min(next, health.remaining(now)) : next;
    }
    return next;
  }
}
