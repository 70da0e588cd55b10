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
 * owner. The lightest endpoint has 256 points unless told otherwise, the others in proportion to
 * their weights up to 16 times as many; with 10 alike the fullest has about 1.1 times the mean of
 * the keys. When the lightest leaves and the weights differ, more keys move.
 *
 * <p>Source: D. Karger et al., STOC 1997.
 */
public final class ConsistentHashing extends Keyed {
  static final String NAME = "consistent-hashing";

  private final int points;

  private ConsistentHashing(RandomGenerator random, double loadBound, int points) {
    super(random, loadBound);
    if (points < 1 || points > Ring.MOST_POINTS) {
      throw new IllegalArgumentException(
          "consistent-hashing.points: " + points + " (expected: 1.." + Ring.MOST_POINTS + ")");
    }
    this.points = points;
  }

  /** A ring with a load bound of 1.25. */
  public static ConsistentHashing create(RandomGenerator random) {
    return create(random, LoadBound.FACTOR, Ring.POINTS);
  }

  static ConsistentHashing create(StrategyContext with) {
    int points = with.wholeNumber("points", Ring.POINTS);
    return create(with.random(), LoadBound.of(with), points);
  }

  /**
   * A ring with another load bound and other points.
   *
   * @param random for calls without a key; must bear as many threads as pick
   * @param loadBound above 1; infinity for none
   * @param points of the lightest endpoint, 1..4,096; all clients that should agree on the owners
   *     need the same
   */
  public static ConsistentHashing create(RandomGenerator random, double loadBound, int points) {
    return new ConsistentHashing(random, loadBound, points);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  KeyedPicker.Owners owners(EndpointSet endpoints, KeyedPicker.@Nullable Owners before) {
    return new Ring(endpoints, points, before instanceof Ring ring ? ring : null);
  }
}
