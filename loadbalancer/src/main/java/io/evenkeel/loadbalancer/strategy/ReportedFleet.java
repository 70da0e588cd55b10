package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.LoadReport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the endpoints of one balancer have in common that reports its load. */
final class ReportedFleet {
  private static final double TAU = 10e9; // nanoseconds
  private static final int RECENT = 64; // reports whose requests in flight tell who is hot

  private static final int COUNTED = 16; // attempts, before it is seen how many reports they bring

  /** The source's delta: how many more uses there are for a probe than are needed. */
  private static final double SPARE = 1;

  private static final int MOST_USES = 4;

  private final CoarseClock clock;
  private final RandomGenerator random;
  private final ProbePool pool;
  private final RecentQuantile hot;
  private final DecayedTotals totals;

  private int begun; // these two are racy: a lost count hardly changes their ratio
  private int reported;
  private volatile double rate = 1; // reports per attempt
  private volatile double uses = 1; // of a probe

  ReportedFleet(RandomGenerator random, CoarseClock clock, PrequalOptions options) {
    this.clock = clock;
    this.random = random;
    this.pool = new ProbePool(options.pool(), options.maxAge().toNanos());
    this.hot = new RecentQuantile(options.hot(), RECENT);
    this.totals = newTotals();
  }

  DecayedTotals newTotals() {
    return new DecayedTotals(TAU, clock.last());
  }

  CoarseClock clock() {
    return clock;
  }

  ProbePool pool() {
    return pool;
  }

  DecayedTotals totals() {
    return totals;
  }

  void begun() {
    if (++begun >= COUNTED) {
      rate = (rate + (double) reported / begun) / 2;
      begun = 0;
      reported = 0;
    }
  }

  void reported(ReportedLoad origin, LoadReport report, long now) {
    reported++;
    double inFlight = report.requestsInFlight();
    hot.add(inFlight);
    double fraction = uses + random.nextDouble(); // rounded up as often as it is above
    pool.add(new Probe(origin, inFlight, report.latencyNanos(), now, (int) fraction));
  }

  /**
   * The endpoint that a picker over so many should pick, null if there are too few probes to say.
   * In a small fleet each endpoint has its probe, and none need be removed.
   */
  @Nullable ReportedLoad best(HotCold picker, int size) {
    double left = (1 - (double) pool.size() / size) * rate - 1;
    uses = left <= 0 ? 1 : Math.min(MOST_USES, Math.max(1, (1 + SPARE) / left));
    return pool.best(picker, clock.last(), hot.value(), left > 0);
  }
}
