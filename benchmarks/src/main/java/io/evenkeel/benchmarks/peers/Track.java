package io.evenkeel.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.benchmarks.peers.contract.PeerBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs a trial in a JVM of its own, with the settings that all of them have. */
final class Track {
  /**
   * Memory is touched ahead, or updates would measure how fast the system hands out pages. Code
   * waits for its compiler, or short forks on a busy machine would measure the interpreter.
   */
  private static final String[] JVM = {
    "-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:-BackgroundCompilation"
  };

  private final boolean full;
  private final Path directory;

  /**
   * A track for one comparison.
   *
   * @param full three longer forks instead of a short one
   * @param directory for what JMH says; looked at only after a failure
   */
  Track(boolean full, Path directory) {
    this.full = full;
    this.directory = directory;
  }

  /**
   * Measures. JMH gives its forks the class path that this property says, and what they complain of
   * to this stream: peers are talkative, and a failure is told in the result.
   *
   * @param classPath of the peer
   */
  Result run(Trial trial, String classPath) throws IOException {
    Path log = directory.resolve(trial.toString().replaceAll("[^\\w.-]+", "-") + ".log");
    String ownPath = System.getProperty("java.class.path");
    PrintStream ownErrors = System.err;
    try (PrintStream errors = new PrintStream(directory.resolve("errors.log").toFile(), UTF_8)) {
      System.setProperty("java.class.path", classPath);
      System.setErr(errors);
      return measured(trial, new Runner(options(trial, log)).runSingle());
    } catch (RunnerException e) {
      return new Result.Missing(trial, reason(log, e));
    } finally {
      System.setProperty("java.class.path", ownPath);
      System.setErr(ownErrors);
    }
  }

  private Options options(Trial trial, Path log) {
    return new OptionsBuilder()
        .include(PeerBenchmark.class.getName() + "\\.")
        .param("peer", Lineup.entrant(trial.contestant().peer()).adapter())
        .param("choice", trial.contestant().choice())
        .param("size", Integer.toString(trial.size()))
        .threads(trial.threads())
        .addProfiler(GCProfiler.class)
        .jvmArgs(JVM)
        .output(log.toString())
        .shouldFailOnError(true)
        .forks(full ? 3 : 1)
        .warmupIterations(5)
        .measurementIterations(full ? 25 : 12)
        .warmupTime(TimeValue.milliseconds(full ? 300 : 100))
        .measurementTime(TimeValue.milliseconds(full ? 100 : 30))
        .timeout(TimeValue.seconds(20))
        .build();
  }

  private static Result measured(Trial trial, RunResult result) {
    return new Result.Measured(
        trial,
        result.getPrimaryResult().getStatistics().getMin(),
        Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore());
  }

  private static String reason(Path log, RunnerException thrown) throws IOException {
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log)) {
        if (line.matches(".*\\w(Exception|Error)\\b.*")) {
          return line.strip();
        }
      }
    }
    return String.valueOf(thrown.getMessage());
  }
}
