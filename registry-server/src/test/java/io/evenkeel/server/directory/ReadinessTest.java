package io.evenkeel.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.SharedRegistry;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Duration WARM_UP = Duration.ofSeconds(12);

  private final ManualTime time = ManualTime.start();
  private final Readiness readiness = new Readiness(time);

  @Test
  void an_empty_registry_warms_up_from_when_it_was_first_read() {
    time.advance(Duration.ofHours(1)); // as long as it was away
    assertFalse(readiness.left().isZero());
    readiness.loaded(false, WARM_UP);
    assertEquals(WARM_UP, readiness.left());
    time.advance(WARM_UP);
    assertEquals(Duration.ZERO, readiness.left());
  }

  @Test
  void a_registry_that_held_something_is_believed_at_once() {
    readiness.loaded(true, WARM_UP);
    assertEquals(Duration.ZERO, readiness.left());
  }

  @Test
  void what_is_being_registered_here_was_not_held_before() {
    CompletableFuture<Lease> answer = new CompletableFuture<>();
    try (DirectoryHarness harness = new DirectoryHarness(registry -> slow(registry, answer))) {
      ServiceInstance web = ServiceInstance.builder("web", "10.0.0.1", 80).build();
      Tenure tenure = Tenure.leased(Duration.ofSeconds(30));
      Registration given = new Registration(web, web.id(), "", tenure, List.of(), "", false);
      harness.now(directory -> directory.register(given));
      harness.ask(Directory::load);
      assertEquals(1, harness.now(Directory::size));
      assertFalse(harness.now(Directory::holdsOthers));
    }
  }

  private static ServiceRegistry slow(ServiceRegistry registry, CompletionStage<Lease> answer) {
    return new SharedRegistry(registry) {
      @Override
      public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
        super.register(instance, lease);
        return answer;
      }
    };
  }
}
