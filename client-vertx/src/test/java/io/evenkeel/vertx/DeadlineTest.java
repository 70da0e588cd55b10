package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request always ends, at its deadline at the latest, and says why. */
class DeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void instances_that_never_answer_are_named_at_the_deadline() {
    TestServer silent = bench.add(bench.servers.silent());

    Throwable failure = Await.failure(bench.client().get("orders", "/").deadline(SHORT).send());

    assertInstanceOf(CallException.TimedOut.class, failure);
    assertEquals(
        "orders: no answer from orders@127.0.0.1:" + silent.port() + " in time",
        failure.getMessage());
    assertEquals(0, bench.outcomes.inFlight());
  }

  @Test
  void a_service_without_instances_is_said_to_have_none() {
    Throwable failure = Await.failure(bench.client().get("unknown", "/").send());

    assertInstanceOf(CallException.NoInstance.class, failure);
    assertTrue(failure.getMessage().startsWith("unknown: no instance"), failure.getMessage());
  }

  @Test
  void a_name_no_service_may_have_fails_the_future() {
    Future<?> sent = bench.client().get("no such name", "/").send();

    Throwable failure = Await.failure(sent);

    assertInstanceOf(IllegalArgumentException.class, failure);
    assertTrue(failure.getMessage().startsWith("service: no such name"), failure.getMessage());
  }

  @Test
  void a_registry_that_never_answers_is_waited_for_until_the_deadline() {
    BalancedWebClient client = BalancedWebClient.create(bench.vertx, neverAnswering());

    Throwable failure = Await.failure(client.get("orders", "/").deadline(SHORT).send());

    assertInstanceOf(CallException.NoInstance.class, failure);
    assertEquals("orders: the registry has not answered yet", failure.getMessage());
  }

  private static ServiceRegistry neverAnswering() {
    return (ServiceRegistry)
        Proxy.newProxyInstance(
            ServiceRegistry.class.getClassLoader(),
            new Class<?>[] {ServiceRegistry.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "name" -> "silent:";
                  case "capabilities" -> Set.of();
                  case "close" -> null;
                  default -> new CompletableFuture<>();
                });
  }

  @Test
  void a_closed_registry_fails_the_request_at_the_deadline() {
    bench.answering(200);
    ServiceRegistry registry = bench.registry();
    registry.close();

    BalancedWebClient client = BalancedWebClient.create(bench.vertx, registry);

    Throwable failure = Await.failure(client.get("orders", "/").deadline(SHORT).send());

    assertInstanceOf(CallException.NoInstance.class, failure);
  }
}
