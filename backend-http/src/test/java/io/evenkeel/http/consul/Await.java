package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for real, with a deadline that a slow machine meets. */
final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(20);

  private Await() {}

  static <T> T value(CompletionStage<T> stage) {
    return stage
        .toCompletableFuture()
        .copy()
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  static void until(String what, BooleanSupplier condition) {
    long begin = TimeSource.system().nanoTime();
    while (!condition.getAsBoolean()) {
      if (TimeSource.system().nanoTime() - begin > PATIENCE.toNanos()) {
        fail("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
