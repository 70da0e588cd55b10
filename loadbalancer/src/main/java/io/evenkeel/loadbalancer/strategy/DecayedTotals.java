package io.evenkeel.loadbalancer.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Latencies and failures, the older the less they count. Any thread adds; of two that add at the
 * same moment one goes without rather than wait, and its sample is lost. Means need no clock, since
 * what is above and below the line decays alike.
 */
final class DecayedTotals {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(DecayedTotals.class, "busy", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final double SHORT = 0.01;

  private final double tau; // nanoseconds

  private volatile int busy; // 1 while a thread adds; the rest is written under it
  private long stamp;
  private double latency;
  private double answers;
  private double failures;
  private double ends;

  DecayedTotals(double tau, long now) {
    this.tau = tau;
    this.stamp = now;
  }

  /**
   * Adds one end of an attempt.
   *
   * @param sample its latency in nanoseconds; below 0 if it says nothing of latency
   */
  void add(long now, double sample, boolean failed) {
    if (busy != 0 || !BUSY.compareAndSet(this, 0, 1)) {
      return;
    }
    double kept = kept(now);
    latency = latency * kept + Math.max(0, sample);
    answers = answers * kept + (sample < 0 ? 0 : 1);
    failures = failures * kept + (failed ? 1 : 0);
    ends = ends * kept + 1;
    stamp = now;
    BUSY.setRelease(this, 0);
  }

  private double kept(long now) {
    double age = Math.max(0, now - stamp) / tau;
    return age < SHORT ? 1 - age : Math.exp(-age); // the difference is age² / 2
  }

  long stamp() {
    return busy == 0 ? stamp : Long.MAX_VALUE;
  }

  /** Mean latency in nanoseconds; 0 while there is none. */
  double meanLatency() {
    return answers > 0 ? latency / answers : 0;
  }

  /** Share of the attempts that failed. */
  double failureRate() {
    return ends > 0 ? failures / ends : 0;
  }

  /** Mean latency where {@code prior} more samples were as the fleet's. */
  double meanLatency(long now, double prior, double fleet) {
    double kept = kept(now);
    return (latency * kept + prior * fleet) / (answers * kept + prior);
  }

  /** Failure rate where {@code prior} more attempts were as the fleet's. */
  double failureRate(long now, double prior, double fleet) {
    double kept = kept(now);
    return (failures * kept + prior * fleet) / (ends * kept + prior);
  }
}
