package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.time.Randomness;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Finds a strategy by its name, as configuration gives it. */
public final class Strategies {
  /**
   * The name of the strategy to use when none was chosen, {@code power-of-two-choices}: of those
   * that need nothing known in advance it forgives unequal instances and requests best at this
   * cost.
   */
  public static final String DEFAULT = PowerOfTwoChoices.NAME;

  private static final Map<String, Function<RandomGenerator, BalancingStrategy>> BY_NAME = byName();

  private Strategies() {}

  private static Map<String, Function<RandomGenerator, BalancingStrategy>> byName() {
    Map<String, Function<RandomGenerator, BalancingStrategy>> map = new LinkedHashMap<>();
    map.put(RoundRobin.NAME, RoundRobin::create);
    map.put(RandomChoice.NAME, RandomChoice::create);
    map.put(SmoothWeightedRoundRobin.NAME, SmoothWeightedRoundRobin::create);
    map.put(WeightedRandom.NAME, WeightedRandom::create);
    map.put(LeastConnections.NAME, LeastConnections::create);
    map.put(WeightedLeastConnections.NAME, WeightedLeastConnections::create);
    map.put(PowerOfTwoChoices.NAME, PowerOfTwoChoices::create);
    return Collections.unmodifiableMap(map);
  }

  /** The names of all strategies, simplest first. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * A new strategy of that name, with chance from each thread's own generator. Each call makes a
   * new one, since a strategy belongs to one balancer.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static BalancingStrategy named(String name) {
    return named(name, Randomness.perThread());
  }

  /**
   * A new strategy of that name, with chance from the given generator, which must bear as many
   * threads as pick.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static BalancingStrategy named(String name, RandomGenerator random) {
    Function<RandomGenerator, BalancingStrategy> factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "strategy: " + name + " (expected: " + String.join(", ", names()) + ")");
    }
    return factory.apply(random);
  }
}
