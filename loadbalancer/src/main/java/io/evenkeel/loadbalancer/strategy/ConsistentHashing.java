package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.EndpointSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls with the same key to the same endpoint: each owns the arcs of a ring that end at its
 * points. Choose it for caches and sessions when the list changes now and then; {@link Maglev}
 * spreads keys more evenly, {@link Rendezvous} needs no table.
 *
 * <p>Promise: when one of N endpoints leaves, its keys move, about 1/N, and no others. An endpoint
 * takes at most 1.25 times its share of what is in flight; what is above goes to the key's next
 * owner. The lightest endpoint has 256 points and the others in proportion to their weights, at
 * most 4,096; with 10 alike the fullest has about 1.1 times the mean of the keys. When the lightest
 * leaves and the weights differ, more keys move.
 *
 * <p>Source: D. Karger et al., STOC 1997.
 */
public final class ConsistentHashing extends Keyed {
  static final String NAME = "consistent-hashing";

  private ConsistentHashing(RandomGenerator random, double loadBound) {
    super(random, loadBound);
  }

  /** A ring with a load bound of 1.25. */
  public static ConsistentHashing create(RandomGenerator random) {
    return create(random, LoadBound.FACTOR);
  }

  /**
   * A ring with another load bound.
   *
   * @param random for calls without a key; must bear as many threads as pick
   * @param loadBound above 1; infinity for none
   */
  public static ConsistentHashing create(RandomGenerator random, double loadBound) {
    return new ConsistentHashing(random, loadBound);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  KeyedPicker.Owners owners(EndpointSet endpoints, KeyedPicker.@Nullable Owners before) {
    return new Ring(endpoints, before instanceof Ring ring ? ring : null);
  }
}
