package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.Contender;
import io.evenkeel.benchmarks.laboratory.Metric;
import io.evenkeel.benchmarks.laboratory.Result;
import io.evenkeel.benchmarks.laboratory.ResultTable;
import io.evenkeel.benchmarks.laboratory.world.LatencyHistogram;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Compares strategies, and Vert.x' own load balancers, over real HTTP on loopback, and the same
 * worlds simulated. Writes {@code results.csv} and {@code results.md} to the folder {@code
 * forreal}. Stops by itself, after less than six minutes unless told otherwise; which contenders,
 * scenarios, how often and for how many seconds is said as for the laboratory, by {@code
 * lab.strategies}, {@code lab.scenarios}, {@code lab.seeds} and {@code lab.seconds}.
 */
public final class Comparison {
  private static final List<String> CONTENDERS =
      List.of(
          "round-robin",
          "least-connections",
          "power-of-two-choices",
          "peak-ewma",
          "adaptive",
          "adaptive+ejection",
          "vertx:round-robin",
          "vertx:least-requests",
          "vertx:power-of-two-choices");
  private static final int REPEATS = 3;
  private static final int SECONDS = 11;
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final List<String> contenders;
  private final List<Scenario> scenarios;
  private final int repeats;
  private final Duration window;
  private final StringBuilder notes = new StringBuilder();

  private Comparison() {
    List<String> named = list("lab.strategies");
    this.contenders = named.isEmpty() ? CONTENDERS : named;
    this.scenarios = RealScenarios.named(list("lab.scenarios"));
    this.repeats = number("lab.seeds", REPEATS);
    this.window = Duration.ofSeconds(number("lab.seconds", SECONDS));
  }

  private static List<String> list(String property) {
    String value = System.getProperty(property, "").strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s*,\\s*"));
  }

  private static int number(String property, int otherwise) {
    String value = System.getProperty(property, "").strip();
    return value.isEmpty() ? otherwise : Integer.parseInt(value);
  }

  /**
   * Runs and reports.
   *
   * @param args the third is the directory to write to; the others are not looked at
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException(
          "arguments: " + String.join(" ", args) + " (expected: <any> <any> <directory>)");
    }
    Comparison comparison = new Comparison();
    comparison.showThatTheGeneratorKeepsUp();
    List<Result> real = comparison.real();
    List<Result> simulated = comparison.simulated();
    comparison.noteAgreement(real, simulated);
    comparison.write(
        new ResultTable(real), new ResultTable(simulated), Path.of(args[2]).resolve("forreal"));
  }

  /** First slowly, then at full rate, since the JVM is cold; the last time counts. */
  private void showThatTheGeneratorKeepsUp() {
    for (double load : new double[] {0.02, 0.2, 0.8, 0.8}) {
      new Trial(RealScenarios.idle(load), Duration.ZERO, WARM_UP).run(contenders, 1);
    }
    Trial trial = new Trial(RealScenarios.idle(0.8), Duration.ofSeconds(1), Duration.ofSeconds(3));
    LatencyHistogram all = new LatencyHistogram();
    trial.run(contenders, 2).forEach(run -> all.add(run.latencies()));
    note(
        "%d requests/s that cost nothing: p50 %.2f ms, p99 %.2f ms; %s",
        all.total() / 3, all.quantile(0.5), all.quantile(0.99), lateness(trial));
  }

  private static String lateness(Trial trial) {
    LatencyHistogram lateness = trial.lateness();
    return String.format(
        Locale.ROOT,
        "sent late by p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
        lateness.quantile(0.5),
        lateness.quantile(0.99),
        lateness.quantile(0.999));
  }

  private void note(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println(line);
    notes.append("- ").append(line).append('\n');
  }

  private List<Result> real() {
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      List<List<Measurement>> repeated = new ArrayList<>();
      for (int seed = 1; seed <= repeats; seed++) {
        Trial trial = new Trial(scenario, BEFORE, window);
        repeated.add(trial.run(contenders, seed));
        note("%s, %d of %d: %s", scenario.name(), seed, repeats, lateness(trial));
      }
      for (int i = 0; i < contenders.size(); i++) {
        int contender = i;
        List<Measurement> runs = repeated.stream().map(each -> each.get(contender)).toList();
        results.add(new Result(scenario, contenders.get(i), runs));
        progress(results.get(results.size() - 1));
      }
    }
    return results;
  }

  private static void progress(Result result) {
    System.out.printf(
        "  %-28s p99 %s ms, errors %s %%%n",
        result.contender(), result.estimate(Metric.P99), result.estimate(Metric.ERRORS));
  }

  /** What the laboratory makes of the same worlds, oracle included. */
  private List<Result> simulated() {
    List<String> known =
        contenders.stream().filter(contender -> !VertxCallers.knows(contender)).toList();
    List<Contender> all =
        Contender.named(Stream.concat(Stream.of("oracle"), known.stream()).toList());
    return scenarios.stream()
        .flatMap(scenario -> all.stream().map(contender -> simulated(scenario, contender)))
        .toList();
  }

  private Result simulated(Scenario scenario, Contender contender) {
    List<Measurement> runs =
        LongStream.rangeClosed(1, repeats)
            .mapToObj(seed -> contender.world(scenario, seed).run(BEFORE, window))
            .toList();
    return new Result(scenario, contender.name(), runs);
  }

  private void noteAgreement(List<Result> real, List<Result> simulated) {
    for (Scenario scenario : scenarios) {
      for (Metric metric : List.of(Metric.P99, Metric.ERRORS)) {
        note("%s", Agreement.of(metric, scenario, real, simulated));
      }
    }
  }

  private void write(ResultTable real, ResultTable simulated, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("results.csv"), real.toCsv());
    Files.writeString(
        directory.resolve("results.md"),
        "# For real\n\n"
            + notes
            + "\n#"
            + real.toMarkdown()
            + "\n# The same worlds, simulated\n\n#"
            + simulated.toMarkdown());
    System.out.println("written to " + directory.toAbsolutePath());
  }
}
