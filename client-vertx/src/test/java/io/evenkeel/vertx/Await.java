package io.evenkeel.vertx;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another thread does, with a bound that only a bug reaches. */
final class Await {
  static final int SECONDS = 30;

  private Await() {}

  static <T> T value(Future<T> future) {
    return value(future.toCompletionStage());
  }

  static <T> T value(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  static void latch(CountDownLatch latch) {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("not counted down in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the future fails with. */
  static Throwable failure(Future<?> future) {
    try {
      value(future);
    } catch (CompletionException e) {
      return e.getCause();
    }
    throw new AssertionError("succeeded (expected: a failure)");
  }
}
