package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.TimeSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks by what the instances say of their load: of those that do not have more requests in flight
 * than most, the one that answers fastest. Choose it when the instances can report: then it is the
 * best there is for instances that differ or that others disturb, and for many clients with little
 * traffic each.
 *
 * <p>Promise: a report counts for a second; an instance that fails more often than the others is
 * not believed. Reports that come with answers are enough, and each is used once. Where probes
 * bring more, a report may be used again, each use counts as one more request in flight, and the
 * worst and the oldest make room, as in the source. Without reports, or with one, it is {@link
 * PowerOfTwoChoices}, where the source is random. Weights are ignored.
 *
 * <p>Source: B. Wydrowski, R. Kleinberg, S. Rumble, A. Archer, "Load is not what you should
 * balance: Introducing Prequal", NSDI 2024, arXiv 2312.10172; that reports of answers, used once,
 * do better than its probes is our laboratory's finding.
 */
public final class Prequal implements BalancingStrategy {
  static final String NAME = "prequal";

  private final ReportedFleet fleet;
  private final PowerOfTwoChoices otherwise;

  private Prequal(RandomGenerator random, TimeSource time, PrequalOptions options) {
    this.fleet = new ReportedFleet(random, new CoarseClock(time), options);
    this.otherwise = PowerOfTwoChoices.create(random);
  }

  /** As in the source. */
  public static Prequal create(RandomGenerator random, TimeSource time) {
    return create(random, time, PrequalOptions.defaults());
  }

  static Prequal create(StrategyContext with) {
    PrequalOptions usual = PrequalOptions.defaults();
    return create(
        with.random(),
        with.time(),
        new PrequalOptions(
            with.wholeNumber("pool", usual.pool()),
            with.duration("max-age", usual.maxAge()),
            with.number("hot", usual.hot())));
  }

  /** A strategy that draws from the given generator, which must bear as many threads as pick. */
  public static Prequal create(RandomGenerator random, TimeSource time, PrequalOptions options) {
    return new Prequal(random, time, options);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new ReportedLoad(fleet);
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return HotCold.over(endpoints, fleet, otherwise.newPicker(endpoints, null));
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return HotCold.overSome(some, fleet, otherwise.newPicker(some, null));
  }
}
