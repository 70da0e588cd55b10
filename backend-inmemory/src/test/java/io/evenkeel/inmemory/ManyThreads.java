package io.evenkeel.inmemory;

import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run on four threads at once. */
final class ManyThreads implements Scheduler {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(4, new ThreadPoolExecutor.DiscardPolicy());

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    ScheduledFuture<?> future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public long nanoTime() {
    return TimeSource.system().nanoTime();
  }

  @Override
  public Instant instant() {
    return TimeSource.system().instant();
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
