package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the registry contract waits and asks with, on manual or on real time. */
final class RegistryHarness {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(20);

  private final @Nullable ManualTime manual;
  private final Duration deadline;

  /** Without a manual time the harness waits for real. */
  RegistryHarness(@Nullable ManualTime manual, Duration deadline) {
    this.manual = manual;
    this.deadline = deadline;
  }

  void elapse(Duration by) {
    if (manual != null) {
      manual.advance(by);
      return;
    }
    long end = TimeSource.system().nanoTime() + by.toNanos();
    for (long left = by.toNanos(); left > 0; left = end - TimeSource.system().nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Lets time pass until the condition holds. */
  void eventually(String what, BooleanSupplier condition) {
    elapse(Duration.ZERO);
    Duration waited = Duration.ZERO;
    while (!condition.getAsBoolean()) {
      if (waited.compareTo(PATIENCE) > 0) {
        fail("not within " + PATIENCE + ": " + what);
      }
      elapse(STEP);
      waited = waited.plus(STEP);
    }
  }

  /** The value of a stage, which must be there within the backend's deadline. */
  <T> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + deadline, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits until a stage has completed, either way. */
  void ended(CompletionStage<?> stage) {
    result(stage.handle((value, error) -> true));
  }

  /** The stage must fail within the deadline, with exactly this error, not wrapped. */
  <E extends RegistryException> E failure(Class<E> type, CompletionStage<?> stage) {
    ExecutionException thrown =
        assertThrows(
            ExecutionException.class,
            () -> stage.toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS));
    return assertInstanceOf(type, thrown.getCause());
  }

  Set<String> ids(ServiceRegistry registry, String service) {
    return result(registry.instances(service)).instances().stream()
        .map(ServiceInstance::id)
        .collect(Collectors.toSet());
  }
}
