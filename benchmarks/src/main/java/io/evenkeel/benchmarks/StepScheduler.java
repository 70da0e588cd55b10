package io.evenkeel.benchmarks;

import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/** Runs what is due when it is told to, on the thread that tells it; what is later never comes. */
final class StepScheduler implements Scheduler {
  private final TimeSource time = TimeSource.system();
  private final Queue<Runnable> due = new ArrayDeque<>();

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    if (delay.isZero() || delay.isNegative()) {
      due.add(task);
    }
    return () -> due.remove(task);
  }

  void runDue() {
    for (Runnable task = due.poll(); task != null; task = due.poll()) {
      task.run();
    }
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void close() {
    due.clear();
  }
}
