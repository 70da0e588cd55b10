package io.evenkeel.loadbalancer.strategy;

import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strategies that do not come with Evenkeel. */
final class Providers {
  private Providers() {}

  static StrategyProvider named(String name) {
    return all()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  /** Those the thread's class loader sees, then those beside this class. */
  private static Stream<StrategyProvider> all() {
    ClassLoader own = Providers.class.getClassLoader();
    return Stream.concat(
            ServiceLoader.load(StrategyProvider.class).stream(),
            ServiceLoader.load(StrategyProvider.class, own).stream())
        .map(ServiceLoader.Provider::get);
  }

  private static IllegalArgumentException unknown(String name) {
    Set<String> others =
        all().map(StrategyProvider::name).collect(Collectors.toCollection(TreeSet::new));
    String known =
        Stream.concat(Strategies.names().stream(), others.stream())
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException("strategy: " + name + " (expected: " + known + ")");
  }
}
