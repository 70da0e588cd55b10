package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Oracle;
import io.evenkeel.benchmarks.laboratory.world.World;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.strategy.BalancingStrategy;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A strategy, with or without the ejection of endpoints that fail.
 *
 * @param strategy its name; "oracle" is known here only
 * @param ejects whether endpoints are ejected, as they are by default outside the laboratory
 */
public record Contender(String strategy, boolean ejects) {
  private static final String SUFFIX = "+ejection";

  /** Every strategy there is, without and with ejection, after the oracle. */
  static List<Contender> all() {
    return named(
        Stream.concat(
                Stream.of(Oracle.NAME),
                Strategies.names().stream().flatMap(name -> Stream.of(name, name + SUFFIX)))
            .toList());
  }

  /** Contenders by their names, in that order. */
  public static List<Contender> named(Collection<String> names) {
    return names.stream().map(Contender::named).toList();
  }

  /** Whether the contender of that name ejects. */
  static boolean ejects(String name) {
    return name.endsWith(SUFFIX);
  }

  private static Contender named(String name) {
    boolean ejects = ejects(name);
    String strategy = ejects ? name.substring(0, name.length() - SUFFIX.length()) : name;
    if (!strategy.equals(Oracle.NAME) && !Strategies.names().contains(strategy)) {
      throw new IllegalArgumentException(
          "lab.strategies: "
              + name
              + " (expected: oracle, "
              + String.join(", ", Strategies.names())
              + "; each but the oracle also with +ejection)");
    }
    return new Contender(strategy, ejects);
  }

  /** As options have it. */
  public String name() {
    return ejects ? strategy + SUFFIX : strategy;
  }

  /** The strategy, for a client of a simulated world. */
  public BalancingStrategy create(World world, RandomGenerator random) {
    return strategy.equals(Oracle.NAME)
        ? Oracle.of(world, random)
        : Strategies.named(strategy, random, world.scheduler());
  }

  /** Whether and when endpoints are ejected. */
  public EjectionOptions ejection() {
    EjectionOptions defaults = EjectionOptions.defaults();
    return ejects ? defaults : defaults.withMaxShare(0);
  }
}
