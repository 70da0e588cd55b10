package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for real, with a deadline that a slow machine meets. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  /** The value of a stage. */
  public static <T> T value(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Waits until something is so. */
  public static void until(String what, BooleanSupplier condition) {
    long begin = TimeSource.system().nanoTime();
    while (!condition.getAsBoolean()) {
      if (TimeSource.system().nanoTime() - begin > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  /** Lets so much time pass. */
  public static void pass(Duration time) {
    long end = TimeSource.system().nanoTime() + time.toNanos();
    until("the end of " + time, () -> TimeSource.system().nanoTime() - end >= 0);
  }
}
