package io.evenkeel.http.dropin;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Asks the service itself whether it answers, every 0.5 s as system 002 does, before its registry
 * hears of it. Each asking is its own; what a probe throws is a no.
 */
record SelfProbe(Supplier<CompletionStage<Boolean>> probe, Duration limit) {
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** Nobody is asked. */
  static final SelfProbe NONE =
      new SelfProbe(() -> CompletableFuture.completedStage(true), Duration.ZERO);

  /**
   * Completes when the answer is yes, or when nobody waits any more; fails as unavailable when it
   * was not within the limit.
   */
  CompletionStage<Void> ready(Scheduler scheduler, CompletionStage<Void> left) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    left.thenAccept(ready::complete);
    ask(ready, scheduler);
    Scheduler.Timer late =
        scheduler.schedule(
            limit,
            () ->
                ready.completeExceptionally(
                    new RegistryException.Unavailable(
                        "the service did not answer within " + limit, null)));
    return ready.whenComplete((done, error) -> late.cancel());
  }

  private void ask(CompletableFuture<Void> ready, Scheduler scheduler) {
    answer()
        .whenComplete(
            (yes, error) -> {
              if (error == null && Boolean.TRUE.equals(yes)) {
                ready.complete(null);
              } else if (!ready.isDone()) {
                scheduler.schedule(PERIOD, () -> askAgain(ready, scheduler));
              }
            });
  }

  private void askAgain(CompletableFuture<Void> ready, Scheduler scheduler) {
    if (!ready.isDone()) {
      ask(ready, scheduler);
    }
  }

  private CompletionStage<Boolean> answer() {
    try {
      return probe.get();
    } catch (RuntimeException e) { // it is asked again
      return CompletableFuture.failedStage(e);
    }
  }
}
