package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Oracle;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page that is committed: every strategy in every scenario, and the cases in which a simpler
 * one than the adaptive strategy does as well or better.
 */
final class LaboratoryPage {
  /** Below the repository's root. */
  static final String FILE = "docs/laboratory.md";

  private static final String ADAPTIVE = "adaptive";

  private final ResultTable table;
  private final Options options;

  private LaboratoryPage(ResultTable table, Options options) {
    this.table = table;
    this.options = options;
  }

  static String of(ResultTable table, Options options) {
    return new LaboratoryPage(table, options).text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(head());
    text.append("## Where a simpler strategy does as well\n\n").append(simplerOnes());
    text.append(worlds());
    for (Metric metric : List.of(Metric.P99, Metric.P999, Metric.P50)) {
      text.append(section(metric.label(), result -> brief(result.estimate(metric))));
    }
    text.append(section(Metric.ERRORS.label(), LaboratoryPage::errors));
    for (String yardstick : ResultTable.YARDSTICKS) {
      text.append(section("p99 / " + yardstick, result -> ratio(result, yardstick)));
    }
    return text.append(ejection()).toString();
  }

  private String head() {
    return String.format(
        Locale.ROOT,
        """
        # What a choice does to the tail

        Every strategy in every world of the laboratory: %d seeds of %d simulated seconds each. Do
        not edit; after a change, this writes it again:
        `mvn -q -Pbench -Dbench.main=laboratory.Laboratory -Dlab.page=true`. What the worlds are
        like, and how to read the figures, is in [benchmarks/README.md](../benchmarks/README.md).

        The real classes choose, on virtual time. `oracle` knows every server's state and is a
        bound, not a strategy. No request has a key, so the hashing strategies do what two choices
        do, and all weights are alike, so weighted strategies do what the others do. 5,000 ms is the
        deadline. Figures after ± are 95 %% intervals over the seeds; ratios are taken seed by seed.

        """,
        options.seeds(),
        options.seconds());
  }

  private String worlds() {
    return "\n## The worlds\n\n"
        + ResultTable.head(List.of("name", "what"))
        + table.scenarios().stream()
            .map(scenario -> ResultTable.row(List.of(scenario.name(), scenario.title())))
            .collect(Collectors.joining());
  }

  private String section(String title, Function<Result, String> cell) {
    List<String> columns = contenders(name -> !Contender.ejects(name));
    return "\n## " + title + "\n\n" + rows(table.scenarios(), columns, cell);
  }

  private String rows(
      List<Scenario> scenarios, List<String> columns, Function<Result, String> cell) {
    StringBuilder text = new StringBuilder();
    text.append(ResultTable.head(Stream.concat(Stream.of("world"), columns.stream()).toList()));
    for (Scenario scenario : scenarios) {
      List<String> cells = new ArrayList<>(List.of(scenario.name()));
      columns.forEach(name -> cells.add(table.find(scenario, name).map(cell).orElse("")));
      text.append(ResultTable.row(cells));
    }
    return text.toString();
  }

  private List<String> contenders(Predicate<String> which) {
    return table.scenarios().stream()
        .flatMap(table::of)
        .map(Result::contender)
        .distinct()
        .filter(which)
        .toList();
  }

  private static String brief(Estimate estimate) {
    return Estimate.number(estimate.mean());
  }

  private static String errors(Result result) {
    double percent = result.estimate(Metric.ERRORS).mean();
    return percent < 0.0005 ? "" : Estimate.number(percent);
  }

  private String ratio(Result result, String yardstick) {
    return table.ratio(Metric.P99, result, yardstick).map(Estimate::toString).orElse("");
  }

  private String ejection() {
    List<Scenario> failing = table.scenarios().stream().filter(Scenarios::hasFailures).toList();
    List<String> columns = contenders(Contender::ejects);
    return "\n## With ejection, where servers fail: p99.9 ms (errors %)\n\n"
        + rows(
            failing,
            columns,
            result -> brief(result.estimate(Metric.P999)) + " (" + errorsOrNone(result) + ")");
  }

  private static String errorsOrNone(Result result) {
    String errors = errors(result);
    return errors.isEmpty() ? "0" : errors;
  }

  private String simplerOnes() {
    StringBuilder text = new StringBuilder();
    for (Scenario scenario : table.scenarios()) {
      Optional<Result> adaptive = table.find(scenario, ADAPTIVE);
      List<String> others =
          adaptive.stream()
              .flatMap(than -> table.of(scenario).flatMap(other -> against(other, than).stream()))
              .toList();
      if (!others.isEmpty()) {
        text.append("- ").append(scenario.title()).append(": ").append(String.join(", ", others));
        text.append('\n');
      }
    }
    return "Strategies whose p99, divided by that of `adaptive`, may be 1 or less:\n\n"
        + (text.isEmpty() ? "- none\n" : text);
  }

  private static Optional<String> against(Result other, Result adaptive) {
    if (Contender.ejects(other.contender())
        || other.contender().equals(ADAPTIVE)
        || other.contender().equals(Oracle.NAME)) {
      return Optional.empty();
    }
    Estimate ratio = other.ratio(Metric.P99, adaptive);
    return ratio.mean() - ratio.margin() <= 1
        ? Optional.of(other.contender() + " " + ratio)
        : Optional.empty();
  }
}
