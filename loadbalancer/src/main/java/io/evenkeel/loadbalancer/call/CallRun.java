package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call while it runs: at most one attempt at a time. An attempt is left either by its
 * transport's answer or by its timeout, whichever takes {@link #left} first; what comes later is
 * ignored, so each attempt is judged once and the steps of one call never overlap.
 */
final class CallRun<T> implements PickContext {
  private final Calls calls;
  private final Call call;
  private final AttemptFunction<T> function;
  private final long deadline;
  private final LiveEndpoint[] tried;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicInteger left = new AtomicInteger(); // attempts that are over

  private volatile int number; // of the current attempt
  private volatile @Nullable Attempt current;

  CallRun(Calls calls, Call call, AttemptFunction<T> function) {
    this.calls = calls;
    this.call = call;
    this.function = function;
    this.deadline = calls.deadline(call.deadline());
    this.tried = new LiveEndpoint[call.maxAttempts()];
  }

  @Override
  public @Nullable String key() {
    return call.key();
  }

  @Override
  public int attempt() {
    return number;
  }

  CompletionStage<T> start() {
    CompletionStage<T> stage = result;
    stage.whenComplete((value, error) -> cancelIfAsked());
    next();
    return result;
  }

  private void cancelIfAsked() {
    Attempt attempt = current;
    if (result.isCancelled() && attempt != null) {
      attempt.settle();
      attempt.close();
    }
  }

  void next() {
    if (result.isDone()) {
      return;
    }
    LiveEndpoint endpoint = calls.rotation().pickOther(this, tried, number);
    if (endpoint == null) {
      result.completeExceptionally(calls.noInstance());
      return;
    }
    int mine = number;
    tried[mine] = endpoint;
    long attemptDeadline = Math.min(deadline, calls.deadline(call.attemptTimeout()));
    Attempt attempt = calls.begin(endpoint, mine, attemptDeadline, () -> unanswered(mine));
    current = attempt;
    calls.watch(attempt);
    send(attempt).whenComplete((value, error) -> answered(attempt, value, error));
  }

  private CompletionStage<T> send(Attempt attempt) {
    try {
      return function.send(attempt);
    } catch (RuntimeException e) {
      attempt.complete(Outcome.local(e)); // thrown on this side, before anything was sent
      return CompletableFuture.failedStage(e);
    }
  }

  private void answered(Attempt attempt, @Nullable T value, @Nullable Throwable error) {
    if (!left.compareAndSet(attempt.number(), attempt.number() + 1)) {
      return; // its timeout was faster
    }
    attempt.settle();
    Throwable cause = unwrapped(error);
    attempt.complete(cause == null ? Outcome.success() : calls.classify(cause));
    judge(attempt, value, cause);
  }

  /** The attempt's time is over, or the balancer was closed. */
  private void unanswered(int attemptNumber) {
    Attempt attempt = current;
    if (attempt != null && left.compareAndSet(attemptNumber, attemptNumber + 1)) {
      attempt.settle();
      judge(attempt, null, calls.unanswered(attempt));
    }
  }

  /** The balancer was closed while this call waited for its next attempt. */
  void fail() {
    result.completeExceptionally(calls.closedException());
  }

  private void judge(Attempt attempt, @Nullable T value, @Nullable Throwable error) {
    Outcome outcome = attempt.outcome();
    if (outcome != null && mayRetry(outcome)) {
      Duration wait = calls.backoff(attempt.number());
      boolean inTime = calls.now() + wait.toNanos() < deadline;
      if (inTime && calls.mayRetry()) {
        number = attempt.number() + 1;
        calls.resumeLater(wait, this);
        return;
      }
    }
    if (error == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(error);
    }
  }

  private boolean mayRetry(Outcome outcome) {
    return outcome.blamesEndpoint()
        && (call.idempotent() || !outcome.sent())
        && number + 1 < call.maxAttempts();
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
