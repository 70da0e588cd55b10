package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.Experiment.Pair;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * What to run.
 *
 * @param scenarios the worlds
 * @param contenders the strategies; none for all, with ejection only where servers fail
 * @param seeds how often each
 * @param seconds of simulated time that are measured each time
 * @param page whether the page that is committed is to be written
 */
record Options(
    List<Scenario> scenarios, List<Contender> contenders, int seeds, int seconds, boolean page) {
  private static final int SEEDS = 5;

  /** Just longer than what happens once in a scenario. */
  private static final int SECONDS = 12;

  private static final Duration BEFORE = Duration.ofSeconds(5);

  /**
   * Reads {@code lab.strategies}, {@code lab.scenarios}, {@code lab.seeds}, {@code lab.seconds} and
   * {@code lab.page}; what is missing or empty has its default.
   */
  static Options from(Function<String, String> properties) {
    List<String> scenarios = list(properties.apply("lab.scenarios"));
    return new Options(
        scenarios.isEmpty() ? Scenarios.all() : Scenarios.named(scenarios),
        Contender.named(list(properties.apply("lab.strategies"))),
        number(properties.apply("lab.seeds"), SEEDS),
        number(properties.apply("lab.seconds"), SECONDS),
        Boolean.parseBoolean(properties.apply("lab.page").strip()));
  }

  Experiment experiment() {
    return new Experiment(seeds, BEFORE, Duration.ofSeconds(seconds));
  }

  List<Pair> pairs() {
    return scenarios.stream()
        .flatMap(
            scenario ->
                contendersIn(scenario).stream().map(contender -> new Pair(scenario, contender)))
        .toList();
  }

  private List<Contender> contendersIn(Scenario scenario) {
    return contenders.isEmpty()
        ? Contender.all().stream()
            .filter(contender -> !contender.ejects() || Scenarios.hasFailures(scenario))
            .toList()
        : contenders;
  }

  private static List<String> list(String value) {
    return value.isBlank() ? List.of() : List.of(value.strip().split("\\s*,\\s*"));
  }

  private static int number(String value, int otherwise) {
    return value.isBlank() ? otherwise : Integer.parseInt(value.strip());
  }
}
