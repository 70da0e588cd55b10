package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the endpoints in turn, the heavier ones more often, spread as evenly as can be. Choose it
 * when weights say how strong the instances are and requests cost much the same. A pick costs as
 * much as one of {@link RoundRobin}, however many endpoints there are: the order is laid out when
 * the list changes.
 *
 * <p>Promise: with whole-numbered weights whose sum, divided by their greatest common divisor, is
 * at most max(4,096, 8 × endpoints), every turn of that length gives each endpoint exactly its
 * share. Other weights are rounded to so many slots, at least one each. After 10,000 picks of one
 * thread a share is within 1 % (of all picks) of the weight's, unless more than a hundredth of all
 * endpoints are lighter than a slot. One endpoint is picked at most ceil(w / v) times in a row, w
 * being its weight and v the largest total weight of the endpoints that share another weight.
 * Endpoints of equal weight take turns in the list's order, so equal weights are plain round robin.
 *
 * <p>Threads count on separate stripes, and an update keeps every stripe's place, as in {@link
 * RoundRobin}.
 *
 * <p>Source: earliest deadline first over (k + ½) / weight, which is the order in which the divisor
 * method of A. Sainte-Laguë (1910) allots seats; the aim is that of nginx's smooth weighted round
 * robin (2012), whose pick walks over all peers.
 */
public final class SmoothWeightedRoundRobin implements BalancingStrategy {
  static final String NAME = "smooth-weighted-round-robin";

  private final long start;
  private int partial; // pickers for some calls; written by the one thread that makes pickers

  private SmoothWeightedRoundRobin(long start) {
    this.start = start;
  }

  /** From a random place, so that many clients do not begin with the same instance. */
  public static SmoothWeightedRoundRobin create() {
    return create(Randomness.perThread());
  }

  /** From a place drawn from {@code random} now. */
  public static SmoothWeightedRoundRobin create(RandomGenerator random) {
    return startingAt(random.nextInt() & Integer.MAX_VALUE);
  }

  /**
   * As it goes on after {@code picks} picks.
   *
   * @param picks 0..2^62; the place in the turn is its remainder
   * @throws IllegalArgumentException when out of this range
   */
  public static SmoothWeightedRoundRobin startingAt(long picks) {
    return new SmoothWeightedRoundRobin(StripedPosition.checkedStart(picks));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return Rotation.of(WeightedTurn.of(endpoints), previous, start);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return Rotation.of(WeightedTurn.of(some), previous, Rotation.scattered(start, ++partial));
  }
}
