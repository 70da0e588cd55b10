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
 * Picks the endpoint with the smallest average latency × (attempts in flight + 1) / weight of all.
 * Choose it for one or few clients of a short list whose instances differ in speed: it finds the
 * best each time. Many clients that choose so all run to the same one; then {@link PeakEwma}, which
 * looks at two, is better.
 *
 * <p>Promise: none costs less than the one picked, as far as reading them one after the other can
 * tell; of those that tie each has the same chance, so newcomers, which cost nothing until they
 * have taken an attempt, are tried in random order. A pick reads the whole list.
 *
 * <p>Source: nginx's least_time and NetScaler's least response time method, which multiply
 * likewise; the average is {@link PeakEwma}'s without its jumps.
 */
public final class LeastResponseTime implements BalancingStrategy {
  static final String NAME = "least-response-time";

  private final RandomGenerator random;
  private final CoarseClock clock;
  private final double tau;

  private LeastResponseTime(RandomGenerator random, CoarseClock clock, Duration decay) {
    this.random = random;
    this.clock = clock;
    this.tau = Decay.nanos(NAME, decay);
  }

  /** Averages over 10 s. */
  public static LeastResponseTime create(RandomGenerator random, TimeSource time) {
    return create(random, time, Decay.USUAL);
  }

  static LeastResponseTime create(StrategyContext with) {
    return create(with.random(), with.time(), Decay.of(with));
  }

  /**
   * Averages over the given time, up to 24 h.
   *
   * @param random must bear as many threads as pick; asked only when some tie
   * @param decay after so long without samples an average has fallen to 37 %
   */
  public static LeastResponseTime create(RandomGenerator random, TimeSource time, Duration decay) {
    return new LeastResponseTime(random, new CoarseClock(time), decay);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new LatencyAverage(clock, tau, false);
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new Shortest(endpoints.toArray(), endpoints.weights(), random);
  }

  private static final class Shortest implements Picker {
    private final Endpoint[] endpoints;
    private final double[] weights;
    private final RandomGenerator random;

    Shortest(Endpoint[] endpoints, double[] weights, RandomGenerator random) {
      this.endpoints = endpoints;
      this.weights = weights;
      this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
      Endpoint best = null;
      double least = Double.POSITIVE_INFINITY;
      int ties = 0;
      for (int i = 0; i < endpoints.length; i++) {
        Endpoint endpoint = endpoints[i];
        double cost = LatencyAverage.cost(endpoint) / weights[i];
        if (cost < least || best == null) {
          best = endpoint;
          least = cost;
          ties = 1;
        } else if (cost == least && Draw.below(++ties, random.nextInt()) == 0) {
          best = endpoint; // each of k that tie ends up here with a chance of 1 / k
        }
      }
      return best;
    }
  }
}
