package io.evenkeel.loadbalancer.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What an endpoint has said of its load, for as long as it is worth something. Any thread. */
final class Probe {
  private static final VarHandle SENT;

  static {
    try {
      SENT = MethodHandles.lookup().findVarHandle(Probe.class, "sent", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ReportedLoad origin;
  private final double reported; // requests in flight
  private final double latency; // nanoseconds; 0 if unknown, lest nobody try it
  private final long at;
  private final int budget;
  private volatile int sent; // picks since; through SENT

  Probe(ReportedLoad origin, double inFlight, double latency, long at, int budget) {
    this.origin = origin;
    this.reported = inFlight;
    this.latency = Double.isNaN(latency) ? 0 : latency;
    this.at = at;
    this.budget = budget;
  }

  ReportedLoad origin() {
    return origin;
  }

  long at() {
    return at;
  }

  private double inFlight() {
    return reported + sent;
  }

  /** One more request goes there; false when that was the last this probe is good for. */
  boolean use() {
    return (int) SENT.getAndAdd(this, 1) + 1 < budget;
  }

  /**
   * The hot-cold lexicographic rule: cold before hot, of the cold the faster, of the hot the one
   * with less to do.
   *
   * @param hot those are hot that have more requests in flight than this
   */
  boolean isBetterThan(Probe other, double hot) {
    double mine = inFlight();
    double others = other.inFlight();
    if (mine > hot != others > hot) {
      return mine <= hot;
    }
    if (mine > hot) {
      return mine < others || (mine == others && latency < other.latency);
    }
    return latency < other.latency || (latency == other.latency && mine < others);
  }
}
