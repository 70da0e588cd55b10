package io.evenkeel.benchmarks;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Lays results beside the floors of the same run: what it cost, and how many times the floor. A
 * cost is that of the best iteration, since on a shared machine the mean measures the neighbours;
 * the raw results hold every iteration. A byte or two in an operation of several microseconds is
 * what JMH allocates itself meanwhile: the floors show it too.
 */
final class RatioTable {
  private static final Map<String, String> FLOOR_OF =
      Map.ofEntries(
          entry("pick round-robin", "striped-counter"),
          entry("pick random", "random"),
          entry("pick smooth-weighted-round-robin", "sequence"),
          entry("pick weighted-random", "alias-table"),
          entry("pick least-connections", "scan-pick"),
          entry("pick weighted-least-connections", "scan-pick"),
          entry("pick power-of-two-choices", "two-random-pick"),
          entry("pickByKey consistent-hashing", "ring"),
          entry("pickByKey maglev", "ring"),
          entry("pickByKey rendezvous", "ring"),
          entry("pickBeginEnd least-connections", "scan"),
          entry("pickBeginEnd weighted-least-connections", "scan"),
          entry("pickBeginEnd power-of-two-choices", "two-random"),
          entry("pickBeginEnd power-of-d-choices", "two-random"),
          entry("pickBeginEnd peak-ewma", "two-ewma"),
          entry("pickBeginEnd least-response-time", "two-ewma"),
          entry("pickBeginEnd adaptive", "two-ewma"));

  private final Map<Row, Cost> costs = new TreeMap<>();

  private RatioTable() {}

  static RatioTable of(Collection<RunResult> results) {
    RatioTable table = new RatioTable();
    results.forEach(table::add);
    return table;
  }

  private void add(RunResult result) {
    BenchmarkParams params = result.getParams();
    String full = params.getBenchmark();
    String method = full.substring(full.lastIndexOf('.') + 1);
    String strategy = params.getParam("strategy");
    String floor = params.getParam("floor");
    String what = floor == null ? method + " " + strategy : "floor " + floor;
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    costs.put(
        new Row(what, params.getThreads(), Integer.parseInt(params.getParam("size"))),
        new Cost(
            result.getPrimaryResult().getStatistics().getMin(),
            result.getPrimaryResult().getScoreUnit(),
            bytes == null ? Double.NaN : bytes.getScore()));
  }

  String toMarkdown() {
    StringBuilder table = new StringBuilder();
    table.append("| what | threads | N | best per op | unit | B | floor | ratio |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    costs.forEach((row, cost) -> table.append(line(row, cost)));
    return table.toString();
  }

  private String line(Row row, Cost cost) {
    String floor = FLOOR_OF.getOrDefault(row.what, "");
    Cost least = costs.get(new Row("floor " + floor, row.threads, row.size));
    String ratio = least == null ? "" : String.format(Locale.ROOT, "%.2f", cost.time / least.time);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.2f | %s | %.1f | %s | %s |%n",
        row.what,
        row.threads,
        row.size,
        cost.time,
        cost.unit,
        cost.bytes,
        floor,
        ratio);
  }

  private record Row(String what, int threads, int size) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byWhat = what.compareTo(other.what);
      int byThreads = Integer.compare(threads, other.threads);
      return byWhat != 0 ? byWhat : byThreads != 0 ? byThreads : Integer.compare(size, other.size);
    }
  }

  private record Cost(double time, String unit, double bytes) {}
}
