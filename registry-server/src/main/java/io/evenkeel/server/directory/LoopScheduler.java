package io.evenkeel.server.directory;

import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;

/** The event loop's own timers, on the clocks that are handed in. */
record LoopScheduler(Vertx vertx, TimeSource time) implements Scheduler {

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), due -> task.run());
    return () -> vertx.cancelTimer(timer);
  }

  /** The timers end with the event loop's verticle. */
  @Override
  public void close() {}
}
