package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks an endpoint with a chance in proportion to its weight. Choose it over {@link
 * SmoothWeightedRoundRobin} when there are very many clients with little traffic each, or when
 * weights change all the time: it has no place in a list that an update could disturb.
 *
 * <p>Promise: each pick is independent, and each endpoint's chance is its weight's share to within
 * 2^-32. A pick reads one slot of a table, however many endpoints there are.
 *
 * <p>Source: the alias method of A. J. Walker (1977), with the table built as in M. D. Vose, "A
 * Linear Algorithm for Generating Random Numbers with a Given Distribution", 1991.
 */
public final class WeightedRandom implements BalancingStrategy {
  static final String NAME = "weighted-random";

  private final RandomGenerator random;

  private WeightedRandom(RandomGenerator random) {
    this.random = random;
  }

  /** Weighted random choice on each thread's own generator. */
  public static WeightedRandom create() {
    return create(Randomness.perThread());
  }

  /**
   * Weighted random choice on the given generator, which must bear as many threads as pick; one
   * {@code nextLong()} per pick.
   */
  public static WeightedRandom create(RandomGenerator random) {
    return new WeightedRandom(random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return AliasTable.of(endpoints, random);
  }
}
