package io.evenkeel.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same work in several threads that start together. */
public final class Racing {
  private static final int BOUND_SECONDS = 30;

  private Racing() {}

  /** What the work returned in each thread; what it threw is thrown on. */
  public static <T> List<T> in(int threads, Callable<T> work) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(() -> startTogether(start, work)));
      }
      return results(futures);
    } finally {
      executor.shutdownNow();
    }
  }

  private static <T> T startTogether(CyclicBarrier start, Callable<T> work) throws Exception {
    start.await(BOUND_SECONDS, TimeUnit.SECONDS);
    return work.call();
  }

  private static <T> List<T> results(List<Future<T>> futures) {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> future : futures) {
        results.add(future.get(BOUND_SECONDS, TimeUnit.SECONDS));
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("a racing thread failed: " + e, e);
    }
    return results;
  }
}
