package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws two endpoints and picks the one with the smaller latency × (attempts in flight + 1), where
 * the latency is an average that jumps to a higher sample at once and falls slowly. Choose it when
 * instances differ in speed or slow down now and then, and requests cost about the same; with
 * requests of very different cost an expensive one is held against the endpoint that took it.
 *
 * <p>An endpoint that has never answered takes one attempt and is then avoided until it has. A
 * failure, however fast, counts as four times what was known. Weights are ignored.
 *
 * <p>Source: Finagle's peak EWMA (Twitter, 2015), with its default of 10 s for the average's time
 * constant.
 */
public final class PeakEwma implements BalancingStrategy {
  static final String NAME = "peak-ewma";

  private final RandomGenerator random;
  private final CoarseClock clock;
  private final double tau;

  private PeakEwma(RandomGenerator random, CoarseClock clock, Duration decay) {
    this.random = random;
    this.clock = clock;
    this.tau = Decay.nanos(NAME, decay);
  }

  /** Averages over 10 s. */
  public static PeakEwma create(RandomGenerator random, TimeSource time) {
    return create(random, time, Decay.USUAL);
  }

  static PeakEwma create(StrategyContext with) {
    return create(with.random(), with.time(), Decay.of(with));
  }

  /**
   * Averages over the given time, up to 24 h.
   *
   * @param random must bear as many threads as pick
   * @param decay after so long without samples an average has fallen to 37 %
   */
  public static PeakEwma create(RandomGenerator random, TimeSource time, Duration decay) {
    return new PeakEwma(random, new CoarseClock(time), decay);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new LatencyAverage(clock, tau, true);
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new CheaperOfTwo(endpoints.toArray(), random);
  }

  private static final class CheaperOfTwo implements Picker {
    private final Endpoint[] endpoints;
    private final RandomGenerator random;

    CheaperOfTwo(Endpoint[] endpoints, RandomGenerator random) {
      this.endpoints = endpoints;
      this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
      Endpoint[] list = endpoints;
      if (list.length < 2) {
        return list.length == 0 ? null : list[0];
      }
      long pair = Draw.two(list.length, random.nextLong());
      Endpoint one = list[Draw.first(pair)];
      Endpoint two = list[Draw.second(pair)];
      return LatencyAverage.cost(two) < LatencyAverage.cost(one) ? two : one;
    }
  }
}
