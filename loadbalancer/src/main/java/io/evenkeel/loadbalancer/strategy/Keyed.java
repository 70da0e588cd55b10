package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls with the same key belong on the same endpoint; who owns a key is the strategy's own. */
abstract sealed class Keyed implements BalancingStrategy
    permits ConsistentHashing, Maglev, Rendezvous {
  private final RandomGenerator random;
  private final LoadBound bound;

  Keyed(RandomGenerator random, double loadBound) {
    this.random = random;
    this.bound = new LoadBound(loadBound);
  }

  /** Who owns which hash of a set, which may be empty. */
  abstract KeyedPicker.Owners owners(EndpointSet endpoints, KeyedPicker.@Nullable Owners before);

  @Override
  public final Tracker newTracker(ServiceInstance instance) {
    return bound.tracker();
  }

  @Override
  public final Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    KeyedPicker.Owners before = previous instanceof KeyedPicker keyed ? keyed.owners() : null;
    return new KeyedPicker(endpoints, owners(endpoints, before), bound, random);
  }
}
