package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The cheapest of two random endpoints and those in the memory. */
final class Cheapest implements Picker {
  private final Endpoint[] endpoints;
  private final double[] weights;
  private final Memory memory;
  private final RandomGenerator random;

  Cheapest(EndpointSet set, Memory memory, RandomGenerator random) {
    this.endpoints = set.toArray();
    this.weights = set.weights();
    this.memory = memory;
    this.random = random;
    for (int i = 0; i < endpoints.length; i++) {
      if (endpoints[i].tracker() instanceof Experience experience) {
        experience.moveTo(this, endpoints[i], weights[i]);
      }
    }
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    if (endpoints.length < 2) {
      return endpoints.length == 0 ? null : endpoints[0];
    }
    long pair = Draw.two(endpoints.length, random.nextLong());
    int first = Draw.first(pair);
    int second = Draw.second(pair);
    double least = cost(first);
    double other = cost(second);
    Endpoint best = endpoints[first];
    if (other < least) {
      least = other;
      best = endpoints[second];
    }
    for (int place = 0; place < Memory.SIZE; place++) {
      Experience known = memory.get(place);
      Endpoint endpoint = known == null ? null : known.endpointOf(this);
      if (known != null && endpoint != null) {
        double cost = known.cost(endpoint.inFlight()) / known.weight();
        if (cost < least) {
          least = cost;
          best = endpoint;
        }
      }
    }
    return best;
  }

  private double cost(int index) {
    Endpoint endpoint = endpoints[index];
    int inFlight = endpoint.inFlight();
    double cost =
        endpoint.tracker() instanceof Experience known ? known.cost(inFlight) : inFlight + 1.0;
    return cost / weights[index];
  }
}
