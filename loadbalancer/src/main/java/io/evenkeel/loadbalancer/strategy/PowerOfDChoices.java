package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws d endpoints and picks the one with the fewest attempts of this client in flight. Choose it
 * over {@link PowerOfTwoChoices} when this is the only client, or one of few: the more are drawn,
 * the nearer it comes to {@link LeastConnections}. With many clients more than two draws buy little
 * and make them run after the same idle endpoint.
 *
 * <p>Promise: the first two are different; the others may repeat one, at a chance of about d² / 2n;
 * of those that tie the first drawn is picked, so each has the same chance. Weights are ignored.
 *
 * <p>Source: Y. Azar, A. Broder, A. Karlin, E. Upfal, "Balanced Allocations", SIAM J. Comput.
 * 29(1), 1999.
 */
public final class PowerOfDChoices implements BalancingStrategy {
  static final String NAME = "power-of-d-choices";
  static final int CHOICES = 5;

  private static final int MOST = 64;

  private final RandomGenerator random;
  private final int choices;

  private PowerOfDChoices(RandomGenerator random, int choices) {
    if (choices < 2 || choices > MOST) {
      throw new IllegalArgumentException(
          "power-of-d-choices.choices: " + choices + " (expected: 2.." + MOST + ")");
    }
    this.random = random;
    this.choices = choices;
  }

  /** Five choices. */
  public static PowerOfDChoices create(RandomGenerator random) {
    return create(random, CHOICES);
  }

  static PowerOfDChoices create(StrategyContext with) {
    return create(with.random(), with.wholeNumber("choices", CHOICES));
  }

  /**
   * So many choices.
   *
   * @param random must bear as many threads as pick; one {@code nextInt()} per choice
   * @param choices 2..64
   */
  public static PowerOfDChoices create(RandomGenerator random, int choices) {
    return new PowerOfDChoices(random, choices);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return new Choices(endpoints.toArray(), random, choices);
  }

  private static final class Choices implements Picker {
    private final Endpoint[] endpoints;
    private final RandomGenerator random;
    private final int choices;

    Choices(Endpoint[] endpoints, RandomGenerator random, int choices) {
      this.endpoints = endpoints;
      this.random = random;
      this.choices = choices;
    }

    @Override
    public @Nullable Endpoint pick(PickContext context) {
      Endpoint[] list = endpoints;
      if (list.length < 2) {
        return list.length == 0 ? null : list[0];
      }
      long pair = Draw.two(list.length, random.nextLong()); // different, so that two are compared
      Endpoint best = lessBusy(list[Draw.first(pair)], list[Draw.second(pair)]);
      for (int choice = 2; choice < choices; choice++) {
        best = lessBusy(best, list[Draw.below(list.length, random.nextInt())]);
      }
      return best;
    }

    private static Endpoint lessBusy(Endpoint one, Endpoint other) {
      return other.inFlight() < one.inFlight() ? other : one;
    }
  }
}
