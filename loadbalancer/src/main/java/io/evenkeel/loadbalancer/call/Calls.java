package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of one balancer: what they share is here, what one call needs is a {@code
 * CallRun}.
 */
public final class Calls {
  private final LiveEndpoint[] untried = {};
  private final String service;
  private final Rotation rotation;
  private final RetryOptions retry;
  private final Classifier classifier;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final RetryBudget budget;
  private final OpenAttempts open;
  private final Set<CallRun<?>> waiting = ConcurrentHashMap.newKeySet(); // between two attempts
  private volatile boolean closed;

  private Calls(
      String service,
      Rotation rotation,
      RetryOptions retry,
      Classifier classifier,
      CallContext context) {
    this.service = service;
    this.rotation = rotation;
    this.retry = retry;
    this.classifier = classifier;
    this.scheduler = context.scheduler();
    this.random = context.random();
    this.budget = new RetryBudget(retry.budgetRatio(), retry.budgetPerSecond(), scheduler);
    this.open = new OpenAttempts(scheduler);
  }

  /** Calls of the named service over its rotation. */
  public static Calls over(
      String service,
      Rotation rotation,
      RetryOptions retry,
      Classifier classifier,
      CallContext context) {
    return new Calls(service, rotation, retry, classifier, context);
  }

  /**
   * One attempt that the caller sends and ends.
   *
   * @throws CallException.NoInstance when no endpoint is in rotation
   * @throws CallException.Closed after {@link #close}
   */
  public Attempt acquire(Call call) {
    LiveEndpoint endpoint = pick(call, call, untried, 0);
    if (endpoint == null) {
      throw noInstance(call);
    }
    Attempt attempt = begin(endpoint, 0, deadline(call.attemptTimeout()), null);
    watch(attempt);
    if (closed) {
      throw closedException();
    }
    return attempt;
  }

  /**
   * Ends all calls and attempts under way: calls fail with {@link CallException.Closed}, attempts
   * are cancelled. Runs {@code afterwards} on the scheduler's thread when that is done.
   */
  public void close(Runnable afterwards) {
    closed = true;
    waiting.forEach(CallRun::fail);
    scheduler.schedule(
        Duration.ZERO,
        () -> {
          try {
            open.endAll();
          } finally {
            afterwards.run();
          }
        });
  }

  /** Attempts until one succeeds or nothing more may be tried. */
  public <T> CompletionStage<T> call(Call call, AttemptFunction<T> function) {
    budget.deposit();
    return new CallRun<>(this, call, function).start();
  }

  /**
   * As {@link #call}, begun when {@code ready} completes. Fails as that does, or at its deadline
   * with {@link CallException.NoInstance}.
   */
  public <T> CompletionStage<T> callWhen(
      CompletionStage<?> ready, Call call, AttemptFunction<T> function) {
    budget.deposit();
    return new CallRun<>(this, call, function).startWhen(ready);
  }

  /**
   * The instance the call prefers, or the one the strategy chooses; none tried while others are.
   */
  @Nullable LiveEndpoint pick(Call call, PickContext context, LiveEndpoint[] tried, int count) {
    String preferred = call.preferred();
    LiveEndpoint its =
        preferred == null ? null : rotation.find(preferred, call.filter(), tried, count);
    return its == null ? rotation.pickOther(context, call.filter(), tried, count) : its;
  }

  Attempt begin(
      LiveEndpoint endpoint, int number, long deadline, @Nullable Predicate<Outcome> owner) {
    return Attempt.begin(endpoint, scheduler, number, deadline, owner);
  }

  /** Makes sure that the attempt ends: by its timeout, or now when the balancer was closed. */
  void watch(Attempt attempt) {
    open.add(attempt);
    if (closed) {
      attempt.endByOwner(Outcome.cancelled());
    }
  }

  long deadline(Duration after) {
    return scheduler.nanoTime() + after.toNanos();
  }

  /** Whether a moment, as {@link #deadline} gives it, is over when {@code wait} is. */
  boolean isOverAfter(Duration wait, long moment) {
    return deadline(wait) - moment >= 0;
  }

  Scheduler.Timer schedule(Duration delay, Runnable task) {
    return scheduler.schedule(delay, task);
  }

  Outcome classify(Throwable error) {
    try {
      return Objects.requireNonNull(classifier.classify(error), "the classifier's outcome");
    } catch (RuntimeException defect) {
      error.addSuppressed(defect);
      return Outcome.local(defect); // says nothing about the instance
    }
  }

  boolean mayRetry() {
    return budget.tryWithdraw();
  }

  Duration backoff(int retryNumber) {
    return retry.backoff().delay(retryNumber, random);
  }

  void resumeLater(Duration delay, CallRun<?> run) {
    waiting.add(run);
    scheduler.schedule(
        delay,
        () -> {
          if (waiting.remove(run)) {
            run.next();
          }
        });
    if (closed) {
      run.fail();
    }
  }

  CallException noInstance(Call call) {
    return new CallException.NoInstance(service + ": " + whyNone(call));
  }

  private String whyNone(Call call) {
    if (!rotation.isPublished()) {
      return "the registry has not answered yet";
    }
    return call.filter() == null || rotation.inRotation().size() == 0
        ? "no instance is in rotation (expected: one that is UP with a weight above 0)"
        : "no instance in rotation suits the call's filter, " + call.filter();
  }

  /** Why an attempt was ended that its transport did not answer. */
  CallException unanswered(Attempt attempt, @Nullable Throwable errorBefore) {
    if (closed) {
      return closedException();
    }
    return new CallException.TimedOut(
        service + ": no answer from " + attempt.instance().id() + " in time", errorBefore);
  }

  /** What a call fails with after {@link #close}. */
  public CallException closedException() {
    return new CallException.Closed(service + ": the balancer is closed");
  }
}
