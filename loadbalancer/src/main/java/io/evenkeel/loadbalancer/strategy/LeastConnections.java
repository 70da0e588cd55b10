package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks the endpoint with the fewest attempts of this client in flight. Choose it when requests
 * differ much in cost and there are few clients; with many clients it is no better than {@link
 * PowerOfTwoChoices}, which costs less.
 *
 * <p>Promise: no endpoint has fewer in flight than the one picked, as far as reading them one after
 * the other can tell; of those that tie each has the same chance. Weights are ignored; for them
 * there is {@link WeightedLeastConnections}. Up to 64 endpoints are scanned; of more a tree is kept
 * (see {@code MinTree}), so that the cost grows with their logarithm. Of endpoints that suit only
 * some calls any number is scanned.
 *
 * <p>Source: LVS's least-connection scheduling (W. Zhang, 1998), with random ties.
 */
public final class LeastConnections implements BalancingStrategy {
  static final String NAME = "least-connections";

  private final RandomGenerator random;

  private LeastConnections(RandomGenerator random) {
    this.random = random;
  }

  /** Least connections with ties drawn from each thread's own generator. */
  public static LeastConnections create() {
    return create(Randomness.perThread());
  }

  /**
   * Least connections with ties drawn from the given generator, which must bear as many threads as
   * pick; of up to 64 it is asked only when some tie.
   */
  public static LeastConnections create(RandomGenerator random) {
    return new LeastConnections(random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new LeastTree.Leaf();
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return LeastLoaded.of(endpoints.toArray(), alike(endpoints.size()), random);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return LeastLoaded.scanning(some.toArray(), alike(some.size()), random);
  }

  private static long[] alike(int size) {
    long[] costs = new long[size];
    Arrays.fill(costs, 1);
    return costs;
  }
}
