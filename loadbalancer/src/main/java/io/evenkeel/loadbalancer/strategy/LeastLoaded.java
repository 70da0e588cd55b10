package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Scans for the least (attempts in flight + 1) / weight. Of those that tie, any with equal chance:
 * were it the first, an idle client would send everything there, and racing picks would all take
 * the same endpoint.
 */
final class LeastLoaded implements Picker {
  private final Endpoint[] endpoints;
  private final double[] weights;
  private final RandomGenerator random;

  LeastLoaded(Endpoint[] endpoints, double[] weights, RandomGenerator random) {
    this.endpoints = endpoints;
    this.weights = weights;
    this.random = random;
  }

  /** Compares fractions by cross-multiplying: no division, and equal fractions come out equal. */
  @Override
  public @Nullable Endpoint pick(PickContext context) {
    Endpoint[] list = endpoints;
    Endpoint best = null;
    double load = Double.POSITIVE_INFINITY;
    double weight = 1;
    int ties = 0;
    for (int i = 0; i < list.length; i++) {
      double thisLoad = list[i].inFlight() + 1.0;
      double left = thisLoad * weight;
      double right = load * weights[i];
      if (left < right) {
        best = list[i];
        load = thisLoad;
        weight = weights[i];
        ties = 1;
      } else if (left == right) {
        ties++;
      }
    }
    return ties < 2 ? best : oneOf(ties, load, weight, best);
  }

  /** Walks to a random one of those that tied; the first if others have changed them meanwhile. */
  private @Nullable Endpoint oneOf(int ties, double load, double weight, @Nullable Endpoint first) {
    int skip = Draw.below(ties, random.nextInt());
    for (int i = 0; i < endpoints.length; i++) {
      if ((endpoints[i].inFlight() + 1.0) * weight <= load * weights[i] && skip-- == 0) {
        return endpoints[i];
      }
    }
    return first;
  }
}
