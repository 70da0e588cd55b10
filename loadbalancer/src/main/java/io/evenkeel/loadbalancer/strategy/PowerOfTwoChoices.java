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
 * Draws two endpoints and picks the one with fewer attempts of this client in flight. Choose it
 * when in doubt: it avoids the slow and the busy nearly as well as {@link LeastConnections}, costs
 * the same for any list, and many clients that do not know of each other never run after the same
 * endpoint.
 *
 * <p>Promise: the two are different endpoints, every pair is equally likely, and of two that tie
 * each has the same chance. So an endpoint with more in flight than all others is never picked.
 * Weights are ignored; {@link WeightedLeastConnections} heeds them.
 *
 * <p>Source: M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE TPDS
 * 12(10), 2001.
 */
public final class PowerOfTwoChoices implements BalancingStrategy {
  static final String NAME = "power-of-two-choices";

  private final RandomGenerator random;

  private PowerOfTwoChoices(RandomGenerator random) {
    this.random = random;
  }

  /** Two choices on each thread's own generator. */
  public static PowerOfTwoChoices create() {
    return create(Randomness.perThread());
  }

  /**
   * Two choices on the given generator, which must bear as many threads as pick; one {@code
   * nextLong()} per pick from more than one endpoint.
   */
  public static PowerOfTwoChoices create(RandomGenerator random) {
    return new PowerOfTwoChoices(random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new TwoChoices(endpoints.toArray(), random);
  }

  private static final class TwoChoices implements Picker {
    private final Endpoint[] endpoints;
    private final RandomGenerator random;

    TwoChoices(Endpoint[] endpoints, RandomGenerator random) {
      this.endpoints = endpoints;
      this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
      Endpoint[] list = endpoints;
      if (list.length < 2) {
        return list.length == 0 ? null : list[0];
      }
      long pair = Draw.two(list.length, random.nextLong());
      Endpoint one = list[Draw.first(pair)];
      Endpoint two = list[Draw.second(pair)];
      return two.inFlight() < one.inFlight() ? two : one;
    }
  }
}
