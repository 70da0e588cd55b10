package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Objects;
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
final class CallRun<T> implements PickContext, Attempt.Owner {
  private final Calls calls;
  private final Call call;
  private final AttemptFunction<T> function;
  private final long deadline;
  private final LiveEndpoint[] tried;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final AtomicInteger left = new AtomicInteger(); // attempts that are over

  private volatile int number; // of the current attempt
  private volatile @Nullable Attempt current;
  private volatile @Nullable Duration claimed; // the wait before a repetition already paid for
  private @Nullable T lastValue; // of the attempt before; handed from step to step
  private @Nullable Throwable lastError; // likewise

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
    return stage;
  }

  CompletionStage<T> startWhen(CompletionStage<?> ready) {
    Scheduler.Timer timer =
        calls.schedule(call.deadline(), () -> result.completeExceptionally(calls.noInstance(call)));
    CompletionStage<T> stage = result;
    stage.whenComplete(
        (value, error) -> {
          timer.cancel();
          cancelIfAsked();
        });
    ready.whenComplete(
        (isReady, error) -> {
          timer.cancel();
          if (error == null) {
            next();
          } else {
            result.completeExceptionally(error);
          }
        });
    return stage;
  }

  private void cancelIfAsked() {
    Attempt attempt = current;
    if (result.isCancelled() && attempt != null) {
      attempt.endByOwner(Outcome.cancelled());
    }
  }

  void next() {
    try {
      tryNext();
    } catch (RuntimeException defect) {
      result.completeExceptionally(defect); // of a strategy or a tracker
    }
  }

  private void tryNext() {
    if (result.isDone()) {
      return;
    }
    LiveEndpoint endpoint = calls.pick(call, this, tried, number);
    if (number > 0 && (endpoint == null || calls.isOverAfter(Duration.ZERO, deadline))) {
      deliver(lastValue, lastError);
    } else if (endpoint == null) {
      result.completeExceptionally(calls.noInstance(call));
    } else {
      begin(endpoint);
    }
  }

  private void begin(LiveEndpoint endpoint) {
    int mine = number;
    tried[mine] = endpoint;
    long own = calls.deadline(call.attemptTimeout());
    long attemptDeadline = own - deadline < 0 ? own : deadline;
    Attempt attempt = calls.begin(endpoint, mine, attemptDeadline, this);
    current = attempt;
    calls.watch(attempt);
    if (result.isDone()) {
      attempt.endByOwner(Outcome.cancelled());
    }
    if (attempt.outcome() != null) {
      return; // it ended while it began: nothing is sent
    }
    send(attempt).whenComplete((value, error) -> answered(attempt, value, error));
  }

  private CompletionStage<T> send(Attempt attempt) {
    try {
      return Objects.requireNonNull(function.send(attempt), "the attempt function's stage");
    } catch (RuntimeException e) {
      attempt.complete(Outcome.local(e)); // thrown on this side, before anything was sent
      return CompletableFuture.failedStage(e);
    }
  }

  private void answered(Attempt attempt, @Nullable T value, @Nullable Throwable error) {
    Throwable cause = unwrapped(error);
    if (leave(attempt.number())) {
      end(attempt, cause == null ? Outcome.success() : calls.classify(cause), value, cause);
    } // else its timeout was faster
  }

  /** The attempt's time is over, or the call was cancelled, or the balancer was closed. */
  @Override
  public boolean end(Attempt attempt, Outcome reason) {
    boolean mine = leave(attempt.number());
    if (mine) {
      end(attempt, reason, null, calls.unanswered(attempt, lastError));
    }
    return mine;
  }

  @Override
  public boolean claimRepeat(Attempt attempt) {
    boolean may =
        call.idempotent()
            && !result.isDone()
            && left.get() == attempt.number()
            && attempt.number() + 1 < call.maxAttempts();
    claimed = may ? waitBefore(attempt.number()) : null;
    return claimed != null;
  }

  /** How long until the next attempt, which counts as made; null when there may be none. */
  private @Nullable Duration waitBefore(int nextAfter) {
    Duration wait = calls.backoff(nextAfter);
    return !calls.isOverAfter(wait, deadline) && calls.mayRetry() ? wait : null;
  }

  private boolean leave(int attemptNumber) {
    return left.compareAndSet(attemptNumber, attemptNumber + 1);
  }

  private void end(Attempt attempt, Outcome outcome, @Nullable T value, @Nullable Throwable error) {
    attempt.settle();
    try {
      attempt.complete(outcome);
      judge(attempt, value, error);
    } catch (RuntimeException defect) {
      result.completeExceptionally(defect); // of a tracker or a generator
    }
  }

  /** The balancer was closed while this call waited for its next attempt. */
  void fail() {
    result.completeExceptionally(calls.closedException());
  }

  private void judge(Attempt attempt, @Nullable T value, @Nullable Throwable error) {
    Outcome outcome = attempt.outcome();
    if (outcome != null && mayRetry(outcome)) {
      Duration before = claimed;
      claimed = null;
      Duration wait = before == null ? waitBefore(attempt.number()) : before;
      if (wait != null) {
        lastValue = value;
        lastError = error;
        number = attempt.number() + 1;
        calls.resumeLater(wait, this);
        return;
      }
    }
    deliver(value, error);
  }

  private void deliver(@Nullable T value, @Nullable Throwable error) {
    if (error == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(error);
    }
  }

  private boolean mayRetry(Outcome outcome) {
    boolean unsentHere = claimed != null && outcome.kind() == Outcome.Kind.LOCAL;
    return !result.isDone()
        && (outcome.blamesEndpoint() || unsentHere)
        && (call.idempotent() || !outcome.sent())
        && number + 1 < call.maxAttempts();
  }

  private static @Nullable Throwable unwrapped(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
