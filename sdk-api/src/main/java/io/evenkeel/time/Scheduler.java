package io.evenkeel.time;

import java.time.Duration;

/**
 * A clock that also runs tasks later. Whoever makes a scheduler closes it; an object that is handed
 * one never does. Tasks must not block: they may share one thread with every other timer of the
 * program.
 */
public interface Scheduler extends TimeSource, AutoCloseable {

  /**
   * Runs {@code task} once, no earlier than {@code delay} from now; a delay of zero or less runs it
   * as soon as possible, never on the calling thread. An exception thrown by the task is logged and
   * does not stop the scheduler. After {@link #close()} the task is dropped.
   */
  Timer schedule(Duration delay, Runnable task);

  /** Drops every task that has not started. Idempotent; does not wait for a running one. */
  @Override
  void close();

  /** A task that waits for its time. */
  interface Timer {

    /** Keeps the task from starting. No effect once it has started or been cancelled. */
    void cancel();
  }

  /**
   * A scheduler with one daemon thread of the given name, on the machine's clocks. The thread
   * starts with the first task.
   */
  static Scheduler daemon(String name) {
    return new DaemonScheduler(name);
  }
}
