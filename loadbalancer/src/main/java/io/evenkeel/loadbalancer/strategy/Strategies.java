package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds a strategy by its name and options, as configuration gives them. Keeps nothing. */
public final class Strategies {
  /**
   * The name of the strategy to use when none was chosen, {@code power-of-two-choices}: of those
   * that need nothing known in advance it forgives unequal instances and requests best at this
   * cost.
   */
  public static final String DEFAULT = PowerOfTwoChoices.NAME;

  /** The environment variable that says which strategy to use when none was chosen in code. */
  public static final String ENVIRONMENT_VARIABLE = "EVENKEEL_STRATEGY";

  private static final Map<String, Factory> BY_NAME = byName();

  @FunctionalInterface
  private interface Factory {
    BalancingStrategy create(StrategyContext with);
  }

  private Strategies() {}

  private static Map<String, Factory> byName() {
    Map<String, Factory> map = new LinkedHashMap<>();
    map.put(RoundRobin.NAME, with -> RoundRobin.create(with.random()));
    map.put(RandomChoice.NAME, with -> RandomChoice.create(with.random()));
    map.put(SmoothWeightedRoundRobin.NAME, w -> SmoothWeightedRoundRobin.create(w.random()));
    map.put(WeightedRandom.NAME, with -> WeightedRandom.create(with.random()));
    map.put(LeastConnections.NAME, with -> LeastConnections.create(with.random()));
    map.put(WeightedLeastConnections.NAME, w -> WeightedLeastConnections.create(w.random()));
    map.put(PowerOfTwoChoices.NAME, with -> PowerOfTwoChoices.create(with.random()));
    map.put(PowerOfDChoices.NAME, PowerOfDChoices::create);
    map.put(PeakEwma.NAME, PeakEwma::create);
    map.put(LeastResponseTime.NAME, LeastResponseTime::create);
    map.put(Adaptive.NAME, Adaptive::create);
    map.put(Prequal.NAME, Prequal::create);
    map.put(ConsistentHashing.NAME, ConsistentHashing::create);
    map.put(Maglev.NAME, Maglev::create);
    map.put(Rendezvous.NAME, Rendezvous::create);
    return Collections.unmodifiableMap(map);
  }

  /** The names of all strategies that come with Evenkeel, simplest first. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * The options of a strategy and what each is when it is not set.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Map<String, String> options(String name) {
    StrategySpec spec = new StrategySpec(name, Map.of());
    StrategyContext context =
        new StrategyContext(spec, Randomness.perThread(), TimeSource.system());
    factory(name).create(context);
    return Collections.unmodifiableMap(context.known());
  }

  /**
   * As {@link #of} for the text form of a {@link StrategySpec}, with chance from each thread's own
   * generator and the system's clock.
   */
  public static BalancingStrategy named(String text) {
    return named(text, Randomness.perThread(), TimeSource.system());
  }

  /** As {@link #of} for the text form of a {@link StrategySpec}. */
  public static BalancingStrategy named(String text, RandomGenerator random, TimeSource time) {
    return of(StrategySpec.parse(text), random, time);
  }

  /**
   * A new strategy of that name, with these options, and usual values for the others. Each call
   * makes a new one, since a strategy belongs to one balancer. Chance comes from the given
   * generator, which must bear as many threads as pick, and latencies are measured by the given
   * clock.
   *
   * @throws IllegalArgumentException for an unknown name or option, when the message lists the
   *     known ones, and for a value out of bounds
   */
  public static BalancingStrategy of(StrategySpec spec, RandomGenerator random, TimeSource time) {
    StrategyContext context = new StrategyContext(spec, random, time);
    BalancingStrategy strategy = factory(spec.name()).create(context);
    context.refuseUnknown();
    return strategy;
  }

  /**
   * As {@link #named(String, RandomGenerator, TimeSource)} for what {@code EVENKEEL_STRATEGY} says;
   * blank is not set, and then it is {@link #DEFAULT}.
   *
   * @param environment usually {@link System#getenv()}
   */
  public static BalancingStrategy fromEnvironment(
      Map<String, String> environment, RandomGenerator random, TimeSource time) {
    String text = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
    try {
      return named(text.isBlank() ? DEFAULT : text, random, time);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(ENVIRONMENT_VARIABLE + ": " + e.getMessage(), e);
    }
  }

  private static Factory factory(String name) {
    Factory own = BY_NAME.get(name);
    return own != null ? own : Providers.named(name)::create;
  }
}
