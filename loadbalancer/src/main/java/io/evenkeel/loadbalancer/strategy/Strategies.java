package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds a strategy by its name, as configuration gives it. */
public final class Strategies {
  /**
   * The name of the strategy to use when none was chosen, {@code power-of-two-choices}: of those
   * that need nothing known in advance it forgives unequal instances and requests best at this
   * cost.
   */
  public static final String DEFAULT = PowerOfTwoChoices.NAME;

  private static final Map<String, Factory> BY_NAME = byName();

  @FunctionalInterface
  private interface Factory {
    BalancingStrategy create(RandomGenerator random, TimeSource time);
  }

  private Strategies() {}

  private static Map<String, Factory> byName() {
    Map<String, Factory> map = new LinkedHashMap<>();
    map.put(RoundRobin.NAME, (random, time) -> RoundRobin.create(random));
    map.put(RandomChoice.NAME, (random, time) -> RandomChoice.create(random));
    map.put(
        SmoothWeightedRoundRobin.NAME, (random, time) -> SmoothWeightedRoundRobin.create(random));
    map.put(WeightedRandom.NAME, (random, time) -> WeightedRandom.create(random));
    map.put(LeastConnections.NAME, (random, time) -> LeastConnections.create(random));
    map.put(
        WeightedLeastConnections.NAME, (random, time) -> WeightedLeastConnections.create(random));
    map.put(PowerOfTwoChoices.NAME, (random, time) -> PowerOfTwoChoices.create(random));
    map.put(PowerOfDChoices.NAME, (random, time) -> PowerOfDChoices.create(random));
    map.put(PeakEwma.NAME, PeakEwma::create);
    map.put(LeastResponseTime.NAME, LeastResponseTime::create);
    map.put(Adaptive.NAME, Adaptive::create);
    map.put(Prequal.NAME, Prequal::create);
    map.put(ConsistentHashing.NAME, (random, time) -> ConsistentHashing.create(random));
    map.put(Maglev.NAME, (random, time) -> Maglev.create(random));
    map.put(Rendezvous.NAME, (random, time) -> Rendezvous.create(random));
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
    return named(name, Randomness.perThread(), TimeSource.system());
  }

  /**
   * A new strategy of that name, with chance from the given generator, which must bear as many
   * threads as pick, and latencies measured by the given clock.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static BalancingStrategy named(String name, RandomGenerator random, TimeSource time) {
    Factory factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "strategy: " + name + " (expected: " + String.join(", ", names()) + ")");
    }
    return factory.create(random, time);
  }
}
