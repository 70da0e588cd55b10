package io.evenkeel.testkit.wire;

import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** An immutable value that changes on other threads and can be waited for. Safe from any thread. */
final class Observed<T> {
  private static final Duration PATIENCE = Duration.ofSeconds(30); // far above what a test needs

  private T value; // guarded by this

  Observed(T value) {
    this.value = value;
  }

  synchronized T get() {
    return value;
  }

  synchronized void update(UnaryOperator<T> change) {
    value = change.apply(value);
    notifyAll();
  }

  /**
   * Blocks until the value is as wanted, and returns it.
   *
   * @throws AssertionError when it is not within 30 s, or the thread is interrupted
   */
  T await(Predicate<? super T> wanted) {
    try {
      return awaitInterruptibly(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for: " + get(), e);
    }
  }

  private synchronized T awaitInterruptibly(Predicate<? super T> wanted)
      throws InterruptedException {
    long end = TimeSource.system().nanoTime() + PATIENCE.toNanos();
    while (!wanted.test(value)) {
      long left = end - TimeSource.system().nanoTime();
      if (left <= 0) {
        throw new AssertionError(value + " (expected: what was waited for, within 30 s)");
      }
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }
    return value;
  }
}
