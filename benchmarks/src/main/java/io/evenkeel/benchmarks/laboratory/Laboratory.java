package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.Experiment.Pair;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Runs strategies in simulated worlds and writes {@code results.csv}, {@code results.md} and a plot
 * per scenario to the folder {@code laboratory}; if asked to, also the committed page. What to run
 * is chosen by system properties, see {@link Options#from}.
 */
public final class Laboratory {
  private final List<Pair> pairs;
  private final long began = TimeSource.system().nanoTime();
  private int done;

  private Laboratory(List<Pair> pairs) {
    this.pairs = pairs;
  }

  /**
   * Runs and reports.
   *
   * @param args the third is the directory to write to; the others are not looked at
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    if (args.length != 3) {
      throw new IllegalArgumentException(
          "arguments: " + String.join(" ", args) + " (expected: <any> <any> <directory>)");
    }
    Options options = Options.from(name -> System.getProperty(name, ""));
    Laboratory laboratory = new Laboratory(options.pairs());
    List<Result> results = options.experiment().run(laboratory.pairs, laboratory::progress);
    ResultTable table = new ResultTable(results);
    Path target = Path.of(args[2]);
    write(table, target.resolve("laboratory"));
    if (options.page()) {
      writePage(LaboratoryPage.of(table, options), target.resolveSibling("..").normalize());
    }
  }

  private static void writePage(String page, Path root) throws IOException {
    Path file = root.resolve(LaboratoryPage.FILE);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, page);
    System.out.println("written to " + file.toAbsolutePath());
  }

  private void progress(Result result) {
    done++;
    System.out.printf(
        "%4d of %d, %3d s: %-16s %-36s p99 %s ms, errors %s %%%n",
        done,
        pairs.size(),
        (TimeSource.system().nanoTime() - began) / 1_000_000_000,
        result.scenario().name(),
        result.contender(),
        result.estimate(Metric.P99),
        result.estimate(Metric.ERRORS));
  }

  private static void write(ResultTable table, Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("results.csv"), table.toCsv());
    Files.writeString(directory.resolve("results.md"), table.toMarkdown());
    for (Scenario scenario : table.scenarios()) {
      Files.writeString(
          directory.resolve(scenario.name() + ".svg"),
          LatencyPlot.of(scenario.title(), table.of(scenario).toList()));
    }
    System.out.println("written to " + directory.toAbsolutePath());
  }
}
