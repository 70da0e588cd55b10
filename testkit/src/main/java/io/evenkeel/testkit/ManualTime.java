package io.evenkeel.testkit;

import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A clock and scheduler that move only when told. {@link #advance} runs what falls due, in order of
 * due time and then of scheduling, on the calling thread and without holding a lock, with the clock
 * standing at each task's due time. Safe from any thread; one thread at a time advances.
 */
public final class ManualTime implements Scheduler {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Task> tasks = new PriorityQueue<>(); // guarded by this
  private long now; // guarded by this: nanoseconds since the start
  private long wallShift; // guarded by this: what jumps of the wall clock add up to
  private long sequence; // guarded by this
  private boolean closed; // guarded by this

  private ManualTime() {}

  /** A clock that stands at its start, 2026-01-01, with nothing scheduled. */
  public static ManualTime start() {
    return new ManualTime();
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Instant instant() {
    return START.plusNanos(now + wallShift);
  }

  @Override
  public synchronized Timer schedule(Duration delay, Runnable task) {
    Task entry = new Task(now + Math.max(0, delay.toNanos()), sequence++, task);
    if (!closed) {
      tasks.add(entry);
    }
    return () -> cancel(entry);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /**
   * Moves time forward and runs all that falls due on the way, tasks scheduled meanwhile included.
   */
  public void advance(Duration by) {
    long end = nanoTime() + by.toNanos();
    for (Task task = nextDue(end); task != null; task = nextDue(end)) {
      task.work.run();
    }
    jumpTo(end);
  }

  /** Runs what is due at this very moment. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /**
   * Moves time forward as a frozen process sees it: nothing runs on the way, and what was due
   * meanwhile runs late, with the clock already at the end.
   */
  public void pause(Duration by) {
    jumpTo(nanoTime() + by.toNanos());
    runDue();
  }

  /** Lets the wall clock jump, forwards or backwards; the monotonic clock does not notice. */
  public synchronized void jumpWallClock(Duration by) {
    wallShift += by.toNanos();
  }

  /** How many tasks wait for their time. */
  public synchronized int pendingTasks() {
    return tasks.size();
  }

  private synchronized @Nullable Task nextDue(long end) {
    Task task = tasks.peek();
    if (task == null || task.due > end) {
      return null;
    }
    now = Math.max(now, task.due);
    return tasks.poll();
  }

  private synchronized void jumpTo(long end) {
    now = Math.max(now, end);
  }

  @Override
  public synchronized void close() {
    closed = true;
    tasks.clear();
  }

  private static final class Task implements Comparable<Task> {
    private final long due;
    private final long order;
    private final Runnable work;

    private Task(long due, long order, Runnable work) {
      this.due = due;
      this.order = order;
      this.work = work;
    }

    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
