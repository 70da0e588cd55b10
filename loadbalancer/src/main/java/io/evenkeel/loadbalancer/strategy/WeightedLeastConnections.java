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
 * Picks the endpoint with the least (attempts in flight + 1) / weight: the one that would be least
 * loaded for its strength if it took the attempt. Choose it as {@link LeastConnections}, when the
 * instances are unequal and their weights say how.
 *
 * <p>Promise: no endpoint has a smaller quotient than the one picked, as far as reading them one
 * after the other can tell; of those that tie each has the same chance. Under load, attempts in
 * flight are in proportion to the weights; a client with one attempt at a time uses only the
 * heaviest. Scanned or kept in a tree as there. A weight below a millionth of the largest counts as
 * that much.
 *
 * <p>Source: LVS's weighted least-connection scheduling (W. Zhang, 1998); the + 1 from its
 * "shortest expected delay", without which an idle light endpoint is preferred to an idle heavy one
 * as often.
 */
public final class WeightedLeastConnections implements BalancingStrategy {
  static final String NAME = "weighted-least-connections";

  /** What an attempt costs the heaviest endpoint: quotients are compared to within 10^-6. */
  private static final double UNIT = 1 << 20;

  /** A millionth of the largest weight; times 2^23 attempts in flight it still fits a long. */
  private static final double MAX_COST = 1L << 40;

  private final RandomGenerator random;

  private WeightedLeastConnections(RandomGenerator random) {
    this.random = random;
  }

  /** Weighted least connections with ties drawn from each thread's own generator. */
  public static WeightedLeastConnections create() {
    return create(Randomness.perThread());
  }

  /**
   * Weighted least connections with ties drawn from the given generator, which must bear as many
   * threads as pick; of up to 64 it is asked only when some tie.
   */
  public static WeightedLeastConnections create(RandomGenerator random) {
    return new WeightedLeastConnections(random);
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
    return LeastLoaded.of(endpoints.toArray(), costs(endpoints.weights()), random);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return LeastLoaded.scanning(some.toArray(), costs(some.weights()), random);
  }

  /** What one attempt costs each: the reciprocal of its weight, 2^20 for the heaviest. */
  private static long[] costs(double[] weights) {
    double max = Arrays.stream(weights).max().orElse(1);
    return Arrays.stream(weights)
        .mapToLong(weight -> (long) Math.min(MAX_COST, Math.rint(max / weight * UNIT)))
        .toArray();
  }
}
