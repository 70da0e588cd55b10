package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.RegistryServerOptions.Quota;
import io.evenkeel.server.directory.DirectoryHarness;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final CompletableFuture<Lease> answer = new CompletableFuture<>();
  private final DirectoryHarness harness = new DirectoryHarness(this::slow);

  AdmissionTest() {
    harness.now(
        directory -> {
          Admission.guard(directory, new Quota(2, 9, 9, 9, 9));
          return true;
        });
  }

  @AfterEach
  void close() {
    harness.close();
  }

  private ServiceRegistry slow(ServiceRegistry registry) {
    return new SharedRegistry(registry) {
      @Override
      public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
        return answer;
      }
    };
  }

  private Future<Lease> register(String id) {
    ServiceInstance web = ServiceInstance.builder("web", "10.0.0.1", 80).id(id).build();
    Tenure tenure = Tenure.leased(Duration.ofSeconds(30));
    Registration given = new Registration(web, id, "", tenure, List.of(), "ann", false);
    return harness.now(directory -> directory.register(given));
  }

  @Test
  void what_is_being_registered_counts() {
    register("a");
    register("b");
    assertEquals(429, assertThrows(Refusal.class, () -> register("c")).status());
  }

  @Test
  void what_the_registry_refused_counts_no_longer() {
    Future<Lease> first = register("a");
    register("b");
    answer.completeExceptionally(new RegistryException.Unavailable("away", null));
    harness.elapse(Duration.ofSeconds(1));
    assertTrue(first.failed());
    register("c"); // is not refused
  }
}
