package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Runs contenders in scenarios, each pair with the same seeds, on as many threads as there are
 * processors.
 *
 * @param seeds how many; 1, 2, 3 …
 * @param before what clients have to get to know the servers, not measured
 * @param window what is measured
 */
record Experiment(int seeds, Duration before, Duration window) {
  /** No fewer than {@code RoundRobin} can have stripes, and a multiple of their number. */
  private static final int STRIPES = 256;

  /** Checks the bounds. */
  Experiment {
    if (seeds < 1 || window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException(
          "seeds, window: " + seeds + ", " + window + " (expected: at least one, more than zero)");
    }
  }

  /**
   * Runs all pairs.
   *
   * @param progress hears of each pair when it is done, in their order
   */
  List<Result> run(List<Pair> pairs, Consumer<Result> progress)
      throws InterruptedException, ExecutionException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), alikeThreads());
    try {
      List<Future<Result>> pending = new ArrayList<>();
      pairs.forEach(pair -> pending.add(workers.submit(() -> run(pair))));
      List<Result> results = new ArrayList<>();
      for (Future<Result> future : pending) {
        Result result = future.get();
        results.add(result);
        progress.accept(result);
      }
      return results;
    } finally {
      workers.shutdownNow();
    }
  }

  private Result run(Pair pair) {
    List<Measurement> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      Contender contender = pair.contender;
      runs.add(contender.world(pair.scenario, seed).run(before, window));
    }
    return new Result(pair.scenario, pair.contender.name(), runs);
  }

  /**
   * Threads whose ids are multiples of the number of stripes. Round robin counts on a stripe chosen
   * by the thread's id: so it is the same one on every thread, and the same seed gives the same
   * run. A thread that was made and not started costs nothing.
   */
  private static ThreadFactory alikeThreads() {
    return work -> {
      Thread thread = new Thread(work, "laboratory");
      while (thread.getId() % STRIPES != 0) {
        thread = new Thread(work, "laboratory");
      }
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * What is run.
   *
   * @param scenario the world
   * @param contender the strategy
   */
  record Pair(Scenario scenario, Contender contender) {}
}
