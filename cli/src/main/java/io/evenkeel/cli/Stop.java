package io.evenkeel.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wish that the command ends, as a signal to the process brings it. It is given once, from any
 * thread; the command's thread waits for nothing without hearing it.
 */
final class Stop {
  private final CompletableFuture<Void> given = new CompletableFuture<>();

  void give() {
    given.complete(null);
  }

  boolean isGiven() {
    return given.isDone();
  }

  /** Waits for it. */
  void await() {
    given.join();
  }

  /** Waits for it; answers false when that took too long. */
  boolean await(Duration atMost) {
    return isDone(given, atMost);
  }

  /**
   * What the stage completes with.
   *
   * @throws Failure when it takes too long, or when the command is to end before
   * @throws RuntimeException the stage's own
   */
  <T> T answer(CompletionStage<T> stage, Duration atMost) {
    CompletableFuture<T> answer = stage.toCompletableFuture();
    CompletableFuture<?> first = CompletableFuture.anyOf(answer, given);
    if (!isDone(first.exceptionally(error -> null), atMost)) {
      throw new Failure("no answer within " + atMost.toSeconds() + " s");
    }
    if (!answer.isDone()) {
      throw new Failure("stopped before there was an answer");
    }
    return value(answer);
  }

  /**
   * As {@link #answer}, for the end of a command: what it has begun is ended although it is to end.
   */
  static <T> T ending(CompletionStage<T> stage, Duration atMost, String what) {
    CompletableFuture<T> answer = stage.toCompletableFuture();
    if (!isDone(answer, atMost)) {
      throw new Failure(what + ": not done within " + atMost.toSeconds() + " s");
    }
    return value(answer);
  }

  /** Gives what is put away its time; the process goes on without it when that was not enough. */
  static void settle(CompletionStage<?> stage, Duration atMost) {
    isDone(stage.toCompletableFuture(), atMost);
  }

  private static <T> T value(CompletableFuture<T> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof RuntimeException known
          ? known
          : new Failure(ErrorLines.message(cause), cause);
    }
  }

  private static boolean isDone(CompletableFuture<?> future, Duration atMost) {
    try {
      future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return true; // the value says so
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return true;
  }
}
