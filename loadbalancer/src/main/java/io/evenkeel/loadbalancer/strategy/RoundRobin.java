package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the endpoints in turn. Choose it when all instances are equally strong, requests cost much
 * the same, and every instance should see the same number of them; for unequal instances choose
 * {@link SmoothWeightedRoundRobin}, for unequal requests {@link PowerOfTwoChoices}.
 *
 * <p>Promise: each thread goes through the list in its exact order. Threads do not wait for each
 * other: they count on separate stripes (four to eight per processor, by thread id) which start
 * spread over the list, so picks of several threads interleave in any order, and after any number
 * of picks the endpoints' counts differ by at most the number of stripes. Weights are ignored. An
 * update of the list keeps every stripe's place: it continues with the next endpoint that stayed.
 *
 * <p>Source: round robin is folklore; striping after D. Lea's {@code java.util.concurrent} {@code
 * Striped64}.
 */
public final class RoundRobin implements BalancingStrategy {
  static final String NAME = "round-robin";

  private final long start;
  private int partial; // pickers for some calls; written by the one thread that makes pickers

  private RoundRobin(long start) {
    this.start = start;
  }

  /** Round robin from a random place, so that many clients do not begin with the same instance. */
  public static RoundRobin create() {
    return create(Randomness.perThread());
  }

  /** Round robin from a place drawn from {@code random} now. */
  public static RoundRobin create(RandomGenerator random) {
    return startingAt(random.nextInt() & Integer.MAX_VALUE);
  }

  /**
   * Round robin as it goes on after {@code picks} picks.
   *
   * @param picks 0..2^62; the place in the list is its remainder
   * @throws IllegalArgumentException when out of this range
   */
  public static RoundRobin startingAt(long picks) {
    return new RoundRobin(StripedPosition.checkedStart(picks));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return Rotation.of(endpoints.toArray(), previous, start);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return Rotation.of(some.toArray(), previous, Rotation.scattered(start, ++partial));
  }
}
