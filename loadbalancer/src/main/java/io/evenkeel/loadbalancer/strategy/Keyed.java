package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
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
    return new LoadBound.Member();
  }

  @Override
  public final Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    LongAdder inFlight = new LongAdder();
    for (int i = 0; i < endpoints.size(); i++) {
      if (endpoints.get(i).tracker() instanceof LoadBound.Member member) {
        member.moveTo(inFlight, endpoints.get(i).inFlight());
      }
    }
    return picker(endpoints, previous, inFlight::sum);
  }

  /** The endpoints stay members of the pickers they have; what they have in flight is summed up. */
  @Override
  public final Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return picker(some, previous, () -> inFlight(some));
  }

  private Picker picker(EndpointSet endpoints, @Nullable Picker previous, LongSupplier inFlight) {
    KeyedPicker.Owners before = previous instanceof KeyedPicker keyed ? keyed.owners() : null;
    KeyedPicker.Bound limit = () -> bound.limit(inFlight.getAsLong());
    return new KeyedPicker(endpoints, owners(endpoints, before), limit, random);
  }

  private static long inFlight(EndpointSet endpoints) {
    long sum = 0;
    for (int i = 0; i < endpoints.size(); i++) {
      sum += endpoints.get(i).inFlight();
    }
    return sum;
  }
}
