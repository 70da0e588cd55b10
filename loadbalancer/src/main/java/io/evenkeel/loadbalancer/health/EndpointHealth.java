package io.evenkeel.loadbalancer.health;

import io.evenkeel.strategy.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the outcomes of one endpoint's attempts add up to. {@link #record} is on the request path: a
 * success of a healthy endpoint only reads; everything else belongs to the {@link Ejector} and its
 * one thread.
 */
public final class EndpointHealth {
  private static final VarHandle FAILURES;

  static {
    try {
      FAILURES =
          MethodHandles.lookup().findVarHandle(EndpointHealth.class, "failuresInARow", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EjectionOptions options;

  private volatile int failuresInARow; // changed by any thread, through FAILURES
  private volatile boolean suspect; // set and cleared by any thread; true until it is acted on

  private boolean ejected; // the rest: the ejector's thread only
  private int timesEjected;
  private long changedAt; // nanoseconds: when it was last ejected or let back in
  private long outFor; // nanoseconds the current ejection lasts

  /** Nothing known yet. */
  public EndpointHealth(EjectionOptions options) {
    this.options = options;
  }

  /**
   * Takes an attempt's outcome into account. Any thread.
   *
   * @return true when the endpoint has just become suspect, and the ejector should look at it; it
   *     stays suspect, without saying so again, until it succeeds or returns from an ejection
   */
  public boolean record(Outcome outcome) {
    if (outcome.isSuccess()) {
      if (failuresInARow != 0) {
        failuresInARow = 0;
        suspect = false;
      }
      return false;
    }
    if (!outcome.blamesEndpoint()) {
      return false;
    }
    int failures = 1 + (int) FAILURES.getAndAdd(this, 1);
    boolean unreachable = outcome.kind() == Outcome.Kind.FAILURE && !outcome.sent();
    if (!suspect && (unreachable || failures >= options.consecutiveFailures())) {
      suspect = true;
      return true;
    }
    return false;
  }

  /** Whether it is left out because of its failures. The ejector's thread. */
  public boolean isEjected() {
    return ejected;
  }

  boolean isSuspect() {
    return suspect;
  }

  void eject(long now, double spread) {
    long healthySince = timesEjected == 0 ? 0 : now - changedAt;
    long healed = healthySince / options.baseTime().toNanos(); // one less per healthy base time
    timesEjected = (int) Math.max(0, timesEjected - healed) + 1;
    double time = options.baseTime().toNanos() * (1 + spread) * timesEjected;
    outFor = (long) Math.min(time, (double) options.maxTime().toNanos());
    ejected = true;
    changedAt = now;
  }

  /** On return one failure is enough to be ejected again: the first call is a trial. */
  void letBackIn(long now) {
    ejected = false;
    changedAt = now;
    suspect = false;
    failuresInARow = options.consecutiveFailures() - 1;
  }

  long remaining(long now) {
    return outFor - (now - changedAt);
  }
}
