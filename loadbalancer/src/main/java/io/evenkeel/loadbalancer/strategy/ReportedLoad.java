package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an endpoint says of its load into probes, unless it fails: whoever answers everything
 * with an error has nothing to do and would get it all.
 */
final class ReportedLoad implements Tracker {
  /** So many attempts that fail as often as the fleet's are taken for granted. */
  private static final double PRIOR = 4;

  /** An endpoint may fail so much more often than the fleet. */
  private static final double TOLERATED =
      0.05; // one failure of ten is more, where nobody else fails

  private final ReportedFleet fleet;
  private final DecayedTotals totals;
  private @Nullable Endpoint endpoint; // written before the picker
  private volatile @Nullable Object picker; // its name

  ReportedLoad(ReportedFleet fleet) {
    this.fleet = fleet;
    this.totals = fleet.newTotals();
  }

  @Override
  public long begin() {
    fleet.begun();
    return 0;
  }

  @Override
  public void end(long token, Outcome outcome) {
    boolean failed = outcome.blamesEndpoint();
    if (!failed && !outcome.isSuccess()) {
      return; // cancelled, or failed on our side
    }
    long now = fleet.clock().read();
    totals.add(now, -1, failed);
    fleet.totals().add(now, -1, failed);
    if (failed) {
      fleet.pool().forget(this);
    }
  }

  @Override
  public void report(LoadReport report) {
    if (!Double.isNaN(report.requestsInFlight())) {
      long now = fleet.clock().read();
      double rate = fleet.totals().failureRate();
      if (totals.failureRate(now, PRIOR, rate) - rate <= TOLERATED) {
        fleet.reported(this, report, now);
      }
    }
  }

  /** The endpoint is picked by this picker from now on. */
  void moveTo(Object newPicker, Endpoint itsEndpoint) {
    endpoint = itsEndpoint;
    picker = newPicker;
  }

  /** The endpoint, if that picker may pick it. */
  @Nullable Endpoint endpointOf(Object asking) {
    return picker == asking ? endpoint : null;
  }
}
