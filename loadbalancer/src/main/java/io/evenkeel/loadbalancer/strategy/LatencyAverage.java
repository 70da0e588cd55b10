package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;

/**
 * An exponentially weighted moving average of an endpoint's latency. Writes race without harm: at
 * worst one of two samples that arrive together is lost. A failure counts as four times what was
 * known, however fast it was, lest a fast failure look like a fast answer; what failed on our side
 * or was cancelled does not count.
 */
final class LatencyAverage implements Tracker {
  /** What one in flight on an endpoint that has never answered costs: more than any latency. */
  private static final double UNPROVEN = 1e12;

  private static final double FAILURE = 4; // times the average
  private static final double CHEAPEST = 10e6; // nanoseconds: what a first failure is taken to be
  private static final double DEAREST = 60e9;

  private static final double NEGLIGIBLE = 1.0 / 64; // of the time constant

  private final CoarseClock clock;
  private final double tau; // nanoseconds
  private final boolean peak;

  private volatile double average; // nanoseconds; 0 while nothing is known
  private volatile long stamp;

  /**
   * An average that knows nothing yet.
   *
   * @param peak whether a sample above the average replaces it: quick to rise, slow to fall
   */
  LatencyAverage(CoarseClock clock, double tau, boolean peak) {
    this.clock = clock;
    this.tau = tau;
    this.peak = peak;
    this.stamp = clock.last();
  }

  @Override
  public long begin() {
    return clock.read();
  }

  @Override
  public void end(long token, Outcome outcome) {
    if (!outcome.isSuccess() && !outcome.blamesEndpoint()) {
      return;
    }
    long now = clock.read();
    double sample = Math.max(1, now - token);
    double before = average;
    if (!outcome.isSuccess()) {
      sample = Math.max(sample, Math.min(DEAREST, FAILURE * Math.max(before, CHEAPEST)));
    }
    boolean replaces = before == 0 || !outcome.isSuccess() || (peak && sample > before);
    double kept = replaces ? 0 : Math.exp(-Math.max(0, now - stamp) / tau);
    average = before * kept + sample * (1 - kept);
    stamp = now;
  }

  /** What it costs to send one more to an endpoint; 0 if it has no average. */
  static double cost(Endpoint endpoint) {
    return endpoint.tracker() instanceof LatencyAverage latency
        ? latency.cost(endpoint.inFlight())
        : 0;
  }

  /** What it costs to send one more: the average, decayed since, times those in flight then. */
  private double cost(int inFlight) {
    double known = average;
    if (known == 0) {
      return inFlight == 0 ? 0 : UNPROVEN + inFlight;
    }
    double idle = (clock.last() - stamp) / tau;
    double decayed = idle < NEGLIGIBLE ? known : known * Math.exp(-idle);
    return decayed * (inFlight + 1.0);
  }
}
