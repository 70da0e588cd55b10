package io.evenkeel.loadbalancer.health;

import io.evenkeel.strategy.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the outcomes of one endpoint's attempts add up to. {@link #record} is on the request path: a
 * success of a healthy endpoint writes a moment and adds to one count; comparing and judging belong
 * to the {@link Ejector} and its one thread.
 */
public final class EndpointHealth {
  private static final VarHandle FAILURES;
  private static final VarHandle SEEN;

  static {
    try {
      FAILURES =
          MethodHandles.lookup().findVarHandle(EndpointHealth.class, "failuresInARow", int.class);
      SEEN = MethodHandles.lookup().findVarHandle(EndpointHealth.class, "failures", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final EjectionOptions options;
  private final LatencyCounts latencies = new LatencyCounts();

  private volatile int failuresInARow; // changed by any thread, through FAILURES
  private volatile int failures; // lately, in units; changed by any thread, through SEEN
  private volatile boolean hasAnswered; // ever; set after the first answeredAt
  private volatile long answeredAt; // nanoseconds
  private volatile Suspicion suspicion = Suspicion.NONE; // by any thread, until it is acted on

  private volatile boolean ejected; // by the ejector's thread; the rest is its own
  private int timesEjected;
  private long changedAt; // nanoseconds: when it was last ejected or let back in
  private long outFor; // nanoseconds the current ejection lasts

  private EndpointHealth(EjectionOptions options) {
    this.options = options;
  }

  /** Nothing known yet. */
  public static EndpointHealth unknown(EjectionOptions options) {
    return new EndpointHealth(options);
  }

  /**
   * Takes an attempt's outcome into account. Any thread.
   *
   * @param latency it took, in nanoseconds; below 0 when that is not known
   * @param now a monotonic reading in nanoseconds
   * @return true when the endpoint has just become suspect, and the ejector should look at it; it
   *     stays suspect, without saying so again, until it succeeds or returns from an ejection
   */
  public boolean record(Outcome outcome, long latency, long now) {
    boolean answers = outcome.isSuccess() || outcome.blamesEndpoint();
    if (answers && latency >= 0 && outcome.kind() != Outcome.Kind.TIMEOUT) {
      answered(now);
    }
    if (outcome.isSuccess()) {
      if (latency >= 0) {
        latencies.record(latency);
      }
      if (failuresInARow != 0) {
        failuresInARow = 0;
        suspicion = ejected ? suspicion : Suspicion.NONE; // why it is out, as long as it is
      }
      return false;
    }
    return outcome.blamesEndpoint() && failed(outcome);
  }

  private void answered(long now) {
    answeredAt = now;
    if (!hasAnswered) {
      hasAnswered = true;
    }
  }

  private boolean failed(Outcome outcome) {
    SEEN.getAndAdd(this, Fading.UNIT);
    int inARow = 1 + (int) FAILURES.getAndAdd(this, 1);
    if (outcome.kind() == Outcome.Kind.FAILURE && !outcome.sent()) {
      return suspect(Suspicion.UNREACHABLE);
    }
    return inARow >= options.consecutiveFailures() && suspect(Suspicion.CONSECUTIVE_FAILURES);
  }

  /**
   * A call that began at a moment still waits for an answer. Any thread.
   *
   * @param limit nanoseconds without an answer that make a black hole
   * @return as {@link #record}
   */
  public boolean awaits(long begunAt, long now, long limit) {
    boolean answersOthers = hasAnswered && now - answeredAt <= limit;
    return now - begunAt > limit && !answersOthers && suspect(Suspicion.STALLED);
  }

  boolean suspect(Suspicion reason) {
    if (suspicion != Suspicion.NONE) {
      return false;
    }
    suspicion = reason;
    return true;
  }

  /** What a comparison found is found again, or no longer holds. */
  void compareAgain() {
    if (!ejected && suspicion.isByComparison()) {
      suspicion = Suspicion.NONE;
    }
  }

  /** Whether it is left out. Any thread. */
  public boolean isEjected() {
    return ejected;
  }

  /** What speaks against it; while it is ejected, why it was. */
  public Suspicion suspicion() {
    return suspicion;
  }

  boolean isSuspect() {
    return suspicion != Suspicion.NONE;
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
    suspicion = Suspicion.NONE;
    failuresInARow = options.consecutiveFailures() - 1;
    failures = 0;
    latencies.clear();
  }

  long remaining(long now) {
    return outFor - (now - changedAt);
  }

  Seen seen() {
    return new Seen(this);
  }

  /** Lets a part of what was seen be forgotten. */
  void fade() {
    latencies.fade();
    SEEN.getAndAdd(this, -Fading.of(failures));
  }

  /** What was seen of an endpoint lately, read once. */
  static final class Seen {
    private final EndpointHealth health;
    private final double failures; // that speak against it
    private final long[] latencies = new long[LatencyCounts.SIZE]; // of its answers
    private final double answers;

    private Seen(EndpointHealth health) {
      this.health = health;
      this.failures = health.failures / (double) Fading.UNIT;
      this.answers = health.latencies.addTo(latencies);
    }

    EndpointHealth health() {
      return health;
    }

    double answers() {
      return answers;
    }

    double calls() {
      return failures + answers;
    }

    double successRate() {
      return answers / calls();
    }

    double latency(double share) {
      return LatencyCounts.quantile(latencies, share);
    }

    /** Adds its latencies to others. */
    void addTo(long[] sum) {
      for (int bucket = 0; bucket < sum.length; bucket++) {
        sum[bucket] += latencies[bucket];
      }
    }
  }
}
