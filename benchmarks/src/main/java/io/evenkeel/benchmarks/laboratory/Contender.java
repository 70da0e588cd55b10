package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Oracle;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.benchmarks.laboratory.world.World;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.Prequal;
import io.evenkeel.loadbalancer.strategy.PrequalOptions;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.strategy.BalancingStrategy;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A strategy, with or without the ejection of endpoints that fail, and with or without probes. One
 * that looks at what servers say of their load hears it with each answer.
 *
 * @param strategy its name; "oracle" and "prequal-4", with a pool of four, are known here only
 * @param probes whether three servers are asked for their load with each request
 * @param ejects whether endpoints are ejected, as they are by default outside the laboratory
 */
public record Contender(String strategy, boolean probes, boolean ejects) {
  private static final String SUFFIX = "+ejection";
  private static final String PROBES = "+probes";
  private static final String PREQUAL = "prequal";
  private static final String SMALL = "prequal-4";

  /** Every strategy there is, without and with ejection, after the oracle. */
  static List<Contender> all() {
    return named(
        Stream.concat(
                Stream.of(Oracle.NAME), Strategies.names().stream().flatMap(Contender::variants))
            .toList());
  }

  private static Stream<String> variants(String strategy) {
    Stream<String> names =
        strategy.equals(PREQUAL)
            ? Stream.of(PREQUAL, PREQUAL + PROBES, SMALL + PROBES)
            : Stream.of(strategy);
    return names.flatMap(name -> Stream.of(name, name + SUFFIX));
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
    String before = ejects ? name.substring(0, name.length() - SUFFIX.length()) : name;
    boolean probes = before.endsWith(PROBES);
    String strategy = probes ? before.substring(0, before.length() - PROBES.length()) : before;
    if (!List.of(Oracle.NAME, SMALL).contains(strategy) && !Strategies.names().contains(strategy)) {
      throw new IllegalArgumentException(
          "lab.strategies: "
              + name
              + " (expected: oracle, "
              + String.join(", ", Strategies.names())
              + ", prequal-4; each but the oracle also with +probes, +ejection or both)");
    }
    return new Contender(strategy, probes, ejects);
  }

  /** As options have it. */
  public String name() {
    return strategy + (probes ? PROBES : "") + (ejects ? SUFFIX : "");
  }

  /** The strategy, for a client of a simulated world. */
  public BalancingStrategy create(World world, RandomGenerator random) {
    return switch (strategy) {
      case Oracle.NAME -> Oracle.of(world, random);
      case SMALL -> Prequal.create(random, world.scheduler(), smallPool());
      default -> Strategies.named(strategy, random, world.scheduler());
    };
  }

  private static PrequalOptions smallPool() {
    PrequalOptions defaults = PrequalOptions.defaults();
    return new PrequalOptions(4, defaults.maxAge(), defaults.hot());
  }

  /** A simulated world of its clients, that has not begun. */
  public World world(Scenario scenario, long seed) {
    World world = World.of(scenario, this::create, ejection(), seed);
    boolean listens = probes || strategy.startsWith(PREQUAL);
    return listens ? world.reporting(probes ? 3 : 0, seed) : world;
  }

  /** Whether and when endpoints are ejected. */
  public EjectionOptions ejection() {
    EjectionOptions defaults = EjectionOptions.defaults();
    return ejects ? defaults : defaults.withMaxShare(0);
  }
}
