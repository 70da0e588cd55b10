package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.IdentityHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The cheapest of two random endpoints and those in the memory. */
final class Cheapest implements Picker {
  private final Object name =
      new Object(); // what endpoints know it by: it does not keep the others
  private final Endpoint[] endpoints;
  private final Adaptive.Fleet fleet;
  private final RandomGenerator random;
  private final @Nullable IdentityHashMap<Experience, Integer>
      places; // null when the experiences know them

  private Cheapest(
      EndpointSet set,
      Adaptive.Fleet fleet,
      RandomGenerator random,
      @Nullable IdentityHashMap<Experience, Integer> places) {
    this.endpoints = set.toArray();
    this.fleet = fleet;
    this.random = random;
    this.places = places;
  }

  /** The one picker of these endpoints, which may take what is remembered of them at a glance. */
  static Cheapest of(EndpointSet set, Adaptive.Fleet fleet, RandomGenerator random) {
    Cheapest picker = new Cheapest(set, fleet, random, null);
    for (int i = 0; i < set.size(); i++) {
      if (set.get(i).tracker() instanceof Experience experience) {
        experience.moveTo(picker.name, set.get(i), set.weight(i));
      }
    }
    return picker;
  }

  /** A picker of endpoints that belong to another one; it looks each up that is remembered. */
  static Cheapest ofSome(EndpointSet set, Adaptive.Fleet fleet, RandomGenerator random) {
    IdentityHashMap<Experience, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < set.size(); i++) {
      if (set.get(i).tracker() instanceof Experience experience) {
        places.put(experience, i);
      }
    }
    return new Cheapest(set, fleet, random, places);
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
      Endpoint endpoint = known == null ? null : endpointOf(known);
      if (known != null && endpoint != null) {
        double cost = known.lastCost(endpoint.inFlight());
        if (cost < least) {
          least = cost;
          best = endpoint;
        }
      }
    }
    return best;
  }

  private @Nullable Endpoint endpointOf(Experience known) {
    if (places == null) {
      return known.endpointOf(name);
    }
    Integer place = places.get(known);
    return place == null ? null : endpoints[place];
  }

  private double cost(int index, long now) {
    Endpoint endpoint = endpoints[index];
    int inFlight = endpoint.inFlight();
    return endpoint.tracker() instanceof Experience known
        ? known.cost(inFlight, now)
        : inFlight + 1.0;
  }
}
