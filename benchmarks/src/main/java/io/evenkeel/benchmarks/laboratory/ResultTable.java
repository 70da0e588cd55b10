package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Oracle;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Results as text. Ratios are to round robin, to the power of two choices and to the oracle in the
 * same scenario, of the same run and without ejection; empty where one of them did not take part.
 */
public final class ResultTable {
  static final String ROUND_ROBIN = "round-robin";
  static final List<String> YARDSTICKS = List.of(ROUND_ROBIN, "power-of-two-choices", Oracle.NAME);
  private static final List<Metric> RATIOS = List.of(Metric.P99, Metric.P999);

  private final List<Result> results;

  /** The results of one run. */
  public ResultTable(List<Result> results) {
    this.results = List.copyOf(results);
  }

  /** The result of a contender of that name, if it took part. */
  Optional<Result> find(Scenario scenario, String contender) {
    return of(scenario).filter(result -> result.contender().equals(contender)).findFirst();
  }

  List<Scenario> scenarios() {
    return results.stream().map(Result::scenario).distinct().toList();
  }

  Stream<Result> of(Scenario scenario) {
    return results.stream().filter(result -> result.scenario().equals(scenario));
  }

  /** One line per scenario and contender, everything with its margin. */
  public String toCsv() {
    List<String> head = new ArrayList<>(List.of("scenario", "contender", "requests"));
    for (Metric metric : Metric.values()) {
      head.addAll(List.of(metric.label(), metric.label() + " margin"));
    }
    for (Metric metric : RATIOS) {
      for (String yardstick : YARDSTICKS) {
        String label = metric.label().replace(" ms", "") + " / " + yardstick;
        head.addAll(List.of(label, label + " margin"));
      }
    }
    return Stream.concat(Stream.of(head), results.stream().map(this::csvCells))
        .map(cells -> String.join(",", cells) + "\n")
        .collect(Collectors.joining());
  }

  private List<String> csvCells(Result result) {
    List<String> cells = new ArrayList<>();
    cells.add(result.scenario().name());
    cells.add(result.contender());
    cells.add(Long.toString(result.runs().stream().mapToLong(run -> run.requests()).sum()));
    for (Metric metric : Metric.values()) {
      addCsv(cells, Optional.of(result.estimate(metric)));
    }
    for (Metric metric : RATIOS) {
      for (String yardstick : YARDSTICKS) {
        addCsv(cells, ratio(metric, result, yardstick));
      }
    }
    return cells;
  }

  private static void addCsv(List<String> cells, Optional<Estimate> estimate) {
    cells.add(estimate.map(value -> exact(value.mean())).orElse(""));
    cells.add(estimate.map(value -> exact(value.margin())).orElse(""));
  }

  private static String exact(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
  }

  Optional<Estimate> ratio(Metric metric, Result result, String yardstick) {
    return find(result.scenario(), yardstick).map(other -> result.ratio(metric, other));
  }

  /** The overview, p99 of all in all, then a table per scenario. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder(overview());
    for (Scenario scenario : scenarios()) {
      text.append("\n## ").append(scenario.title()).append(" (`").append(scenario.name());
      text.append("`)\n\n").append(details(scenario));
    }
    return text.toString();
  }

  private String overview() {
    List<String> names = results.stream().map(result -> result.contender()).toList();
    List<String> columns = names.stream().distinct().toList();
    StringBuilder text =
        new StringBuilder("# p99 in ms; errors in brackets where there are any\n\n");
    text.append(head(Stream.concat(Stream.of("scenario"), columns.stream()).toList()));
    for (Scenario scenario : scenarios()) {
      Stream<String> cells =
          columns.stream().map(name -> find(scenario, name).map(ResultTable::brief).orElse(""));
      text.append(row(Stream.concat(Stream.of(scenario.name()), cells).toList()));
    }
    return text.toString();
  }

  private static String brief(Result result) {
    double errors = result.estimate(Metric.ERRORS).mean();
    String p99 = String.format(Locale.ROOT, "%.0f", result.estimate(Metric.P99).mean());
    return errors < 0.0005 ? p99 : p99 + " (" + Estimate.number(errors) + " %)";
  }

  private String details(Scenario scenario) {
    List<String> head = new ArrayList<>(List.of("contender"));
    Stream.of(Metric.values()).map(Metric::label).forEach(head::add);
    YARDSTICKS.forEach(yardstick -> head.add("p99 / " + yardstick));
    StringBuilder text = new StringBuilder(head(head));
    of(scenario).map(this::detailCells).map(ResultTable::row).forEach(text::append);
    return text.toString();
  }

  private List<String> detailCells(Result result) {
    List<String> cells = new ArrayList<>(List.of(result.contender()));
    for (Metric metric : Metric.values()) {
      cells.add(result.estimate(metric).toString());
    }
    for (String yardstick : YARDSTICKS) {
      cells.add(ratio(Metric.P99, result, yardstick).map(Estimate::toString).orElse(""));
    }
    return cells;
  }

  static String head(List<String> cells) {
    return row(cells) + row(cells.stream().map(cell -> "---").toList());
  }

  static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
