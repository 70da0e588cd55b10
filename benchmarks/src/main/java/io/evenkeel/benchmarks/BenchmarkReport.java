package io.evenkeel.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks in forked JVMs with one thread and with two, writes {@code benchmarks.json} and
 * {@code benchmarks.csv}, and prints {@code benchmarks.md}: each figure with its ratio to the floor
 * of the same run.
 */
public final class BenchmarkReport {
  private static final String[] QUICK_SIZES = {"3", "100", "10000"};

  /** Touched ahead, or updates would measure how fast the system hands out pages. */
  private static final String[] FIXED_HEAP = {"-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"};

  private final String include;
  private final boolean full;
  private final Path directory;

  private BenchmarkReport(String include, boolean full, Path directory) {
    this.include = include;
    this.full = full;
    this.directory = directory;
  }

  /**
   * Runs and reports.
   *
   * @param args a regular expression that chooses benchmarks; {@code quick} (3 sizes, one short
   *     fork each) or {@code full}; the directory to write to
   */
  public static void main(String[] args) throws RunnerException, IOException {
    if (args.length != 3 || !args[1].matches("quick|full")) {
      throw new IllegalArgumentException(
          "arguments: " + String.join(" ", args) + " (expected: <regex> quick|full <directory>)");
    }
    new BenchmarkReport(args[0], args[1].equals("full"), Path.of(args[2])).run();
  }

  private void run() throws RunnerException, IOException {
    List<RunResult> results = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      results.addAll(new Runner(options(threads).build()).run());
    }
    Files.createDirectories(directory);
    write(results, ResultFormatType.JSON, "benchmarks.json");
    write(results, ResultFormatType.CSV, "benchmarks.csv");
    String table = RatioTable.of(results).toMarkdown();
    Files.writeString(directory.resolve("benchmarks.md"), table);
    System.out.println(table);
  }

  private ChainedOptionsBuilder options(int threads) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .threads(threads)
            .addProfiler(GCProfiler.class)
            .jvmArgs(FIXED_HEAP)
            .verbosity(full ? VerboseMode.NORMAL : VerboseMode.SILENT)
            .shouldFailOnError(true)
            .forks(full ? 3 : 1)
            .warmupIterations(5)
            .measurementIterations(full ? 25 : 15)
            .warmupTime(TimeValue.milliseconds(full ? 500 : 60))
            .measurementTime(TimeValue.milliseconds(full ? 100 : 30));
    return full ? options : options.param("size", QUICK_SIZES);
  }

  private void write(List<RunResult> results, ResultFormatType type, String file)
      throws RunnerException {
    String path = directory.resolve(file).toString();
    ResultFormatFactory.getInstance(type, path).writeOut(results);
  }
}
