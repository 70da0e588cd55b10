package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
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
 * heaviest. A pick reads the whole list, twice if there are ties.
 *
 * <p>Source: LVS's weighted least-connection scheduling (W. Zhang, 1998); the + 1 from its
 * "shortest expected delay", without which an idle light endpoint is preferred to an idle heavy one
 * as often.
 */
public final class WeightedLeastConnections implements BalancingStrategy {
  static final String NAME = "weighted-least-connections";

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
   * threads as pick; one {@code nextInt()} per pick that finds a tie.
   */
  public static WeightedLeastConnections create(RandomGenerator random) {
    return new WeightedLeastConnections(random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new LeastLoaded(endpoints.toArray(), scaled(endpoints.weights()), random);
  }

  /**
   * Brings the largest to 1..2 by a power of two, exactly: products of huge ones would overflow.
   */
  private static double[] scaled(double[] weights) {
    double max = 0;
    for (double weight : weights) {
      max = Math.max(max, weight);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.max(Double.MIN_NORMAL, Math.scalb(weights[i], -Math.getExponent(max)));
    }
    return weights;
  }
}
