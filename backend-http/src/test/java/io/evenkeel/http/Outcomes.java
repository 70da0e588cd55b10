package io.evenkeel.http;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What a call came to, waited for generously. */
final class Outcomes {
  static final ServiceInstance ORDERS =
      ServiceInstance.builder("orders", "10.0.0.1", 8080).id("orders-1").build();
  static final Lease LEASE = new Lease(Duration.ofSeconds(20), 7);

  private Outcomes() {}

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static List<ServiceInstance> list(ServiceRegistry registry) {
    return get(registry.instances("orders")).instances();
  }

  /** The error of a call that must fail with this kind. */
  static <E extends RegistryException> E failure(Class<E> kind, CompletionStage<?> stage) {
    CompletionException error = assertThrows(CompletionException.class, () -> get(stage));
    return assertThrows(
        kind,
        () -> {
          throw error.getCause();
        },
        () -> "instead: " + error.getCause());
  }
}
