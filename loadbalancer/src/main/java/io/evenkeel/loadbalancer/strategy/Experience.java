package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What this client has seen of one endpoint, as one number, at most a tenth of a second old: how
 * long an attempt there is expected to take, made dearer by failures.
 */
final class Experience implements Tracker {
  /** So many attempts of average latency and failure rate are taken for granted. */
  private static final double PRIOR = 4;

  /** An endpoint that always fails costs so many times what one that never does. */
  private static final double FAILURE_COST = 20;

  private static final long KEPT = 100_000_000; // nanoseconds
  private static final long FRESH = 1_000_000; // nanoseconds: an answer more changes little

  private final Adaptive.Fleet fleet;
  private final DecayedTotals totals;
  private final SlowSamples slow = new SlowSamples();

  private volatile double price; // of one attempt, for each unit of weight
  private volatile long costedAt;
  private final AtomicBoolean remembered = new AtomicBoolean();
  private @Nullable Endpoint endpoint; // this and the weight are written before the picker
  private volatile double weight = 1;
  private volatile @Nullable Object picker; // its name

  Experience(Adaptive.Fleet fleet) {
    this.fleet = fleet;
    this.totals = fleet.newTotals();
    costAt(fleet.clock().last());
  }

  @Override
  public long begin() {
    return fleet.clock().read();
  }

  @Override
  public void end(long token, Outcome outcome) {
    boolean failed = outcome.blamesEndpoint();
    if (!failed && !outcome.isSuccess()) {
      return; // cancelled, or failed on our side
    }
    long now = fleet.clock().read();
    boolean measured = !failed || outcome.kind() == Outcome.Kind.TIMEOUT;
    double sample = measured ? slow.cut(now - token, fleet.meanLatency()) : -1;
    totals.add(now, sample, failed);
    fleet.add(now, sample, failed);
    if (failed || now - costedAt > FRESH) {
      costAt(now);
    }
    if (failed) {
      fleet.memory().forget(this);
    } else {
      fleet.memory().keep(this);
    }
  }

  private double costAt(long now) {
    double mean = Math.max(1, fleet.meanLatency());
    double rate = fleet.failureRate();
    double excess = Math.max(0, totals.failureRate(now, PRIOR, rate) - rate);
    double cost = totals.meanLatency(now, PRIOR, mean) * (1 + FAILURE_COST * excess);
    double fresh = cost / weight;
    price = fresh;
    costedAt = now;
    return fresh;
  }

  /** What one more attempt costs on an endpoint with so many in flight, for its weight. */
  double cost(int inFlight, long now) {
    return (now - costedAt > KEPT ? costAt(now) : price) * (inFlight + 1);
  }

  /** The same as of its last answer: for those that answered lately. */
  double lastCost(int inFlight) {
    return price * (inFlight + 1);
  }

  boolean isRemembered() {
    return remembered.get();
  }

  boolean becomesRemembered() {
    return !remembered.get() && remembered.compareAndSet(false, true); // one of those that race
  }

  void forgotten() {
    remembered.set(false);
  }

  /** The endpoint is picked by this picker from now on. */
  void moveTo(Object newPicker, Endpoint itsEndpoint, double itsWeight) {
    endpoint = itsEndpoint;
    if (weight != itsWeight) {
      weight = itsWeight;
      costAt(fleet.clock().last());
    }
    picker = newPicker;
  }

  /** The endpoint, if that picker may pick it. */
  @Nullable Endpoint endpointOf(Object asking) {
    return picker == asking ? endpoint : null;
  }
}
