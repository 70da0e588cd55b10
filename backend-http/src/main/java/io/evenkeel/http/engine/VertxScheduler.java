package io.evenkeel.http.engine;

import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** A scheduler whose tasks run on the event loops of a Vert.x that stays the caller's. */
public final class VertxScheduler implements Scheduler {
  private static final System.Logger LOG = System.getLogger(VertxScheduler.class.getName());
  private static final Timer DROPPED = () -> {};

  private final Vertx vertx;
  private final TimeSource time;
  private volatile boolean closed;

  /** Makes a scheduler with the clocks of {@code time}. */
  public VertxScheduler(Vertx vertx, TimeSource time) {
    this.vertx = vertx;
    this.time = time;
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
  public Timer schedule(Duration delay, Runnable task) {
    if (closed) {
      return DROPPED;
    }
    try {
      io.vertx.core.Timer timer =
          vertx.timer(Math.max(1, delay.toNanos()), TimeUnit.NANOSECONDS); // 0 is not allowed
      timer.onSuccess(due -> run(task));
      return timer::cancel;
    } catch (RejectedExecutionException vertxIsClosed) {
      return DROPPED;
    }
  }

  private void run(Runnable task) {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a scheduled task failed", e);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
