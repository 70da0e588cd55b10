package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.evenkeel.benchmarks.laboratory.Experiment.Pair;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExperimentTest {

  static Stream<Contender> contenders() {
    return Contender.all().stream();
  }

  /** Each run has threads of its own, so nothing may come from them either. */
  @ParameterizedTest
  @MethodSource("contenders")
  void the_same_seeds_give_the_same_bytes(Contender contender) throws Exception {
    Scenario scenario = Scenarios.named(List.of("crash-refused")).get(0).of(30, 20);
    List<Pair> pairs = List.of(new Pair(scenario, contender));
    assertEquals(text(pairs, 1), text(pairs, 1));
  }

  @Test
  void another_seed_gives_another_run() throws Exception {
    List<Pair> pairs = List.of(pair("equal-70", "power-of-two-choices"));
    assertNotEquals(text(pairs, 1), text(pairs, 2));
  }

  @Test
  void the_oracle_is_better_than_any_that_must_guess() throws Exception {
    List<Result> results =
        run(List.of(pair("antagonists-90", "oracle"), pair("antagonists-90", "random")), 1);
    double ratio = results.get(0).ratio(Metric.P99, results.get(1)).mean();
    assertEquals(0, ratio, 0.2);
  }

  @Test
  void ejection_keeps_requests_away_from_what_fails() throws Exception {
    Scenario scenario = Scenarios.named(List.of("black-hole")).get(0).of(5, 20);
    List<Pair> pairs =
        Contender.named(List.of("random", "random+ejection")).stream()
            .map(contender -> new Pair(scenario, contender))
            .toList();
    List<Result> results = run(pairs, 1);
    assertEquals(0, results.get(1).ratio(Metric.ERRORS, results.get(0)).mean(), 0.2);
  }

  @Test
  void all_contenders_meet_the_same_requests() throws Exception {
    List<Result> results =
        run(List.of(pair("bursts", "random"), pair("bursts", "least-connections")), 1);
    assertEquals(results.get(0).runs().get(0).requests(), results.get(1).runs().get(0).requests());
  }

  private static Pair pair(String scenario, String contender) {
    return new Pair(
        Scenarios.named(List.of(scenario)).get(0), Contender.named(List.of(contender)).get(0));
  }

  private static String text(List<Pair> pairs, int seeds) throws Exception {
    ResultTable table = new ResultTable(run(pairs, seeds));
    Scenario scenario = pairs.get(0).scenario();
    return table.toCsv()
        + table.toMarkdown()
        + LatencyPlot.of(scenario.title(), table.of(scenario).toList());
  }

  private static List<Result> run(List<Pair> pairs, int seeds) throws Exception {
    return new Experiment(seeds, Duration.ofSeconds(1), Duration.ofSeconds(5))
        .run(pairs, result -> {});
  }
}
