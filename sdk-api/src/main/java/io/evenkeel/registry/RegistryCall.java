package io.evenkeel.registry;

import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Holds a registry to its contract: a call that ends by a deadline, and fails with a {@link
 * RegistryException} or not at all. Used by everything that calls a registry on its own account, so
 * that a backend with a defect stalls nobody.
 */
public final class RegistryCall {
  private RegistryCall() {}

  /**
   * Makes the call and completes as it does, or with {@link RegistryException.Unavailable} when the
   * deadline passes first. The stage's own error is always a {@link RegistryException}, not
   * wrapped.
   */
  public static <T> CompletionStage<T> within(
      Duration deadline,
      Scheduler scheduler,
      ServiceRegistry registry,
      Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletionStage<T> end = answer;
    Scheduler.Timer timer =
        scheduler.schedule(
            deadline, () -> answer.completeExceptionally(tooLate(registry, deadline)));
    end.whenComplete((value, error) -> timer.cancel()); // also when the caller gives up
    CompletionStage<T> called;
    try {
      called = Objects.requireNonNull(call.get(), "the call's stage");
    } catch (RuntimeException thrown) {
      called = CompletableFuture.failedStage(thrown); // it should have failed its stage instead
    }
    called.whenComplete(
        (value, error) -> {
          if (error == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(asRegistryException(registry, error));
          }
        });
    return answer;
  }

  private static RegistryException tooLate(ServiceRegistry registry, Duration deadline) {
    return new RegistryException.Unavailable(
        registry.name() + ": no answer within " + deadline, null);
  }

  private static RegistryException asRegistryException(ServiceRegistry registry, Throwable error) {
    Throwable cause =
        error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    return cause instanceof RegistryException known
        ? known
        : new RegistryException.Unavailable(registry.name() + ": " + cause, cause);
  }
}
