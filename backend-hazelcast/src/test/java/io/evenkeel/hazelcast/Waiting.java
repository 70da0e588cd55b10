package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
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

/** Waits for what a real cluster does, with a patience that a loaded machine keeps. */
final class Waiting {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Waiting() {}

  static void until(String what, BooleanSupplier condition) {
    long end = TimeSource.system().nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (TimeSource.system().nanoTime() > end) {
        fail("not within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  static <T> T result(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Why a call failed; it must. */
  static Throwable failure(CompletionStage<?> stage) {
    return result(
        stage.handle((value, error) -> error == null ? fail("no failure but " + value) : error));
  }

  static ServiceSnapshot orders(ServiceRegistry registry) {
    return result(registry.instances("orders"));
  }

  static Set<String> ids(ServiceRegistry registry) {
    return orders(registry).instances().stream()
        .map(ServiceInstance::id)
        .collect(Collectors.toSet());
  }
}
