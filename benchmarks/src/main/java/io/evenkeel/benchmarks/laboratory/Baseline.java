package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.Experiment.Pair;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.loadbalancer.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * The laboratory's short form: few scenarios for a few simulated seconds, and how each strategy's
 * p99 relates to round robin's in the same run. {@link #main} writes it to the file that a test
 * compares later runs with.
 */
public final class Baseline {
  /** Below the module's folder. */
  static final String FILE = "src/test/resources/laboratory-baseline.csv";

  /**
   * How much of its baseline a strategy may lose. Random and weighted random, which with equal
   * weights differ in nothing but how they draw, are up to 10 % apart here.
   */
  static final double MARGIN = 0.25;

  private static final List<String> SCENARIOS =
      List.of("equal-90", "two-speeds", "antagonists-90", "pauses");
  private static final Experiment SHORT =
      new Experiment(2, Duration.ofSeconds(1), Duration.ofSeconds(4));

  private final Map<String, Double> ratios; // by scenario and strategy, as in the file

  private Baseline(Map<String, Double> ratios) {
    this.ratios = ratios;
  }

  /**
   * Measures, and rewrites the file.
   *
   * @param args the third is the module's build directory; the others are not looked at
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    if (args.length != 3) {
      throw new IllegalArgumentException(
          "arguments: " + String.join(" ", args) + " (expected: <any> <any> <directory>)");
    }
    Path file = Path.of(args[2]).resolveSibling(FILE);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, measured().toText());
    System.out.println("written to " + file);
  }

  /** The ratios as they are now. */
  static Baseline measured() throws InterruptedException, ExecutionException {
    List<Contender> contenders = Contender.named(Strategies.names());
    List<Pair> pairs = new ArrayList<>();
    for (Scenario scenario : Scenarios.named(SCENARIOS)) {
      contenders.forEach(contender -> pairs.add(new Pair(scenario, contender)));
    }
    List<Result> results = SHORT.run(pairs, result -> {});
    ResultTable table = new ResultTable(results);
    Map<String, Double> ratios = new TreeMap<>();
    for (Result result : results) {
      table
          .ratio(Metric.P99, result, ResultTable.ROUND_ROBIN)
          .ifPresent(ratio -> ratios.put(key(result), ratio.mean()));
    }
    return new Baseline(ratios);
  }

  private static String key(Result result) {
    return result.scenario().name() + "," + result.contender();
  }

  /** The ratios of the file. */
  static Baseline read(String text) {
    Map<String, Double> ratios = new TreeMap<>();
    for (String line : text.lines().skip(1).toList()) {
      int comma = line.lastIndexOf(',');
      ratios.put(line.substring(0, comma), Double.valueOf(line.substring(comma + 1)));
    }
    return new Baseline(ratios);
  }

  String toText() {
    return "scenario,strategy,p99 / round robin\n"
        + ratios.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s,%.3f%n", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
  }

  /** What became worse than here by more than the margin; what is not in both is not compared. */
  List<String> lossesOf(Baseline now) {
    List<String> losses = new ArrayList<>();
    ratios.forEach(
        (key, before) ->
            Optional.ofNullable(now.ratios.get(key))
                .filter(after -> after > before * (1 + MARGIN))
                .ifPresent(
                    after ->
                        losses.add(
                            String.format(
                                Locale.ROOT, "%s: %.3f (expected: %.3f)", key, after, before))));
    return losses;
  }

  int size() {
    return ratios.size();
  }
}
