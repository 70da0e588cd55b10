package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time, and what is to happen at which instant of it: the scheduler that rotations and
 * strategies get. A binary heap over arrays; tasks of the same instant run in the order they were
 * scheduled in. Requests never wait here, they have queues of their own ({@link DelayLine}, {@link
 * Departures}).
 */
final class Agenda implements Scheduler {
  private long now;
  private long scheduled; // how many tasks ever; orders those of one instant
  private int size;
  private long[] times = new long[64];
  private long[] orders = new long[64];
  private Task[] tasks = new Task[64];

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, now);
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    return at(now + Math.max(0, delay.toNanos()), task);
  }

  /** Runs {@code action} at that time, not before those that are there already. */
  Timer at(long time, Runnable action) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      orders = Arrays.copyOf(orders, 2 * size);
      tasks = Arrays.copyOf(tasks, 2 * size);
    }
    Task task = new Task(action);
    int hole = size++;
    long order = scheduled++;
    for (int up = (hole - 1) / 2; hole > 0 && isBefore(time, order, up); up = (hole - 1) / 2) {
      move(up, hole);
      hole = up;
    }
    put(hole, time, order, task);
    return task;
  }

  /** When the next task is due; never, if there is none. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Moves time on; never back. */
  void advance(long time) {
    now = time;
  }

  /** Runs the first task. */
  void runNext() {
    Task first = tasks[0];
    int last = --size;
    sink(times[last], orders[last], tasks[last]);
    first.run();
  }

  private void sink(long time, long order, Task task) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], child)) {
        child++;
      }
      if (isBefore(time, order, child)) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    put(hole, time, order, task);
  }

  private boolean isBefore(long time, long order, int other) {
    return time < times[other] || (time == times[other] && order < orders[other]);
  }

  private void move(int from, int to) {
    put(to, times[from], orders[from], tasks[from]);
  }

  private void put(int index, long time, long order, Task task) {
    times[index] = time;
    orders[index] = order;
    tasks[index] = task;
  }

  @Override
  public void close() {
    size = 0;
  }

  private static final class Task implements Timer {
    private @Nullable Runnable action;

    Task(Runnable action) {
      this.action = action;
    }

    @Override
    public void cancel() {
      action = null;
    }

    void run() {
      Runnable due = action;
      action = null;
      if (due != null) {
        due.run();
      }
    }
  }
}
