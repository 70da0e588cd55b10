package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks any endpoint with equal chance. Choose it for very many clients or threads with little
 * traffic each: it is the cheapest strategy and shares nothing between threads. {@link RoundRobin}
 * spreads more evenly; {@link PowerOfTwoChoices} costs little more and avoids the busy.
 *
 * <p>Promise: each pick is independent and uniform, to within 2^-32. Weights are ignored; for them
 * there is {@link WeightedRandom}.
 *
 * <p>Source: D. Lemire, "Fast Random Integer Generation in an Interval", 2019: the multiply-shift
 * without its rejection step, whose bias of n / 2^32 no one can see here.
 */
public final class RandomChoice implements BalancingStrategy {
  static final String NAME = "random";

  private final RandomGenerator random;

  private RandomChoice(RandomGenerator random) {
    this.random = random;
  }

  /** Random choice on each thread's own generator. */
  public static RandomChoice create() {
    return create(Randomness.perThread());
  }

  /**
   * Random choice on the given generator, which must bear as many threads as pick; one {@code
   * nextInt()} per pick.
   */
  public static RandomChoice create(RandomGenerator random) {
    return new RandomChoice(random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new AnyOf(endpoints.toArray(), random);
  }

  private static final class AnyOf implements Picker {
    private final Endpoint[] endpoints;
    private final RandomGenerator random;

    AnyOf(Endpoint[] endpoints, RandomGenerator random) {
      this.endpoints = endpoints;
      this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
      Endpoint[] list = endpoints;
      return list.length == 0 ? null : list[Draw.below(list.length, random.nextInt())];
    }
  }
}
