package io.evenkeel.server.directory;

import io.evenkeel.time.Scheduler;
import io.vertx.core.Context;
import java.time.Duration;
import java.time.Instant;

/** Runs things later on the directory's event loop, whatever thread the scheduler has. */
public record Timers(Context context, Scheduler scheduler) {

  /** Runs once on the event loop, no earlier than after the delay; dropped once it is cancelled. */
  public Scheduler.Timer after(Duration delay, Runnable task) {
    Pending pending = new Pending(task);
    Scheduler.Timer timer =
        scheduler.schedule(delay, () -> context.runOnContext(due -> pending.run()));
    return () -> {
      pending.cancelled = true;
      timer.cancel();
    };
  }

  /** Runs again and again on the event loop, until it is cancelled. */
  public Scheduler.Timer every(Duration period, Runnable task) {
    Repeating repeating = new Repeating(this, period, task);
    repeating.arm();
    return repeating;
  }

  /** A monotonic reading, as {@link System#nanoTime()}. */
  public long nanoTime() {
    return scheduler.nanoTime();
  }

  /** The wall clock. */
  public Instant instant() {
    return scheduler.instant();
  }

  private static final class Pending {
    private final Runnable task;
    private boolean cancelled; // the event loop's

    Pending(Runnable task) {
      this.task = task;
    }

    void run() {
      if (!cancelled) {
        task.run();
      }
    }
  }

  private static final class Repeating implements Scheduler.Timer {
    private final Timers timers;
    private final Duration period;
    private final Runnable task;
    private Scheduler.Timer next = () -> {};

    Repeating(Timers timers, Duration period, Runnable task) {
      this.timers = timers;
      this.period = period;
      this.task = task;
    }

    void arm() {
      next = timers.after(period, this::run);
    }

    private void run() {
      arm(); // first, so that a task that throws is run again
      task.run();
    }

    @Override
    public void cancel() {
      next.cancel();
    }
  }
}
