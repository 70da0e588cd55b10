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
  private final Adaptive.Fleet fleet;
  private final RandomGenerator random;

  Cheapest(EndpointSet set, Adaptive.Fleet fleet, RandomGenerator random) {
    this.endpoints = set.toArray();
    this.weights = set.weights();
    this.fleet = fleet;
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
    long now = fleet.clock().last();
    double least = cost(first, now);
    double other = cost(second, now);
    Endpoint best = endpoints[first];
    if (other < least) {
      least = other;
      best = endpoints[second];
    }
    Memory memory = fleet.memory();
    for (int place = 0; place < Memory.SIZE; place++) {
      Experience known = memory.get(place);
      Endpoint endpoint = known == null ? null : known.endpointOf(this);
      if (known != null && endpoint != null) {
        double cost = known.cost(endpoint.inFlight(), now) / known.weight();
        if (cost < least) {
          least = cost;
          best = endpoint;
        }
      }
    }
    return best;
  }

  private double cost(int index, long now) {
    Endpoint endpoint = endpoints[index];
    int inFlight = endpoint.inFlight();
    double cost =
        endpoint.tracker() instanceof Experience known ? known.cost(inFlight, now) : inFlight + 1.0;
    return cost / weights[index];
  }
}
