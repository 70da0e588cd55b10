package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException.Closed;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifeCycleTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @ParameterizedTest
  @EnumSource
  void a_registry_is_found_by_its_scheme_and_brings_its_own_vertx(Spoken spoken) {
    SERVER.answer(okJson(spoken.list(spoken.row("a", "http://a:80"))));
    String uri = spoken.scheme + "://127.0.0.1:" + SERVER.port() + "?timeout=30s";
    try (ServiceRegistry registry = Registries.connect(uri)) {
      assertEquals(1, Outcomes.list(registry).size());
    }
  }

  @Test
  void a_uri_that_is_refused_leaves_no_threads() throws InterruptedException {
    Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    for (int i = 0; i < 5; i++) {
      assertThrows(
          IllegalArgumentException.class, () -> Registries.connect("heartbeat://127.0.0.1?x=1"));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("vert")) {
        thread.join(30_000);
        assertFalse(thread.isAlive(), thread::getName);
      }
    }
  }

  @Test
  void a_scheme_of_someone_else_is_refused() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> SERVER.registry("inmemory:"));
    assertTrue(error.getMessage().startsWith("registry URI: inmemory"), error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void closing_ends_calls_under_way(Spoken spoken) {
    SERVER.answer(aResponse().withFixedDelay(20_000));
    ServiceRegistry registry = SERVER.registry(spoken, "timeout=1m");
    CompletionStage<?> read = registry.instances("orders");
    CompletionStage<?> write = registry.register(Outcomes.ORDERS, Outcomes.LEASE);
    SERVER.awaitReceived(2);
    registry.close();
    registry.close();
    Outcomes.failure(Closed.class, read);
    Outcomes.failure(Closed.class, write);
  }

  @Test
  void a_vertx_that_was_closed_is_unavailable() {
    Vertx vertx = Vertx.vertx();
    String uri = "heartbeat://127.0.0.1:" + SERVER.port();
    try (ServiceRegistry registry = HttpRegistries.connect(vertx, uri)) {
      Outcomes.get(vertx.close().toCompletionStage());
      Outcomes.failure(Unavailable.class, registry.instances("orders"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_registration_under_way_does_not_outlive_its_deregistration(Spoken spoken) {
    String id = spoken.wireId(Outcomes.ORDERS.key());
    SERVER.answer(okJson(spoken.registered(id)));
    SERVER.answer(post(anyUrl()).willReturn(okJson(spoken.registered(id)).withFixedDelay(300)));
    ServiceRegistry registry = SERVER.registry(spoken, "timeout=20s");
    CompletionStage<Lease> late = registry.register(Outcomes.ORDERS, Outcomes.LEASE);
    CompletionStage<Boolean> end = registry.deregister(Outcomes.ORDERS.key(), 7);
    Outcomes.failure(Superseded.class, late);
    Outcomes.get(end);
    List<String> last =
        SERVER.received().stream().map(LoggedRequest::getUrl).filter(this::isEnd).toList();
    assertEquals(2, last.size());
  }

  private boolean isEnd(String url) {
    return url.contains("deregister") || url.endsWith("/services/orders~orders-1");
  }
}
