package io.evenkeel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.http.consul.Await;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A query that is held for minutes does not outlive its watch. */
class ConsulHeldConnectionTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger held = new AtomicInteger();
  private final HttpServer server =
      Await.value(
          vertx
              .createHttpServer()
              .requestHandler(this::answer)
              .listen(0, "127.0.0.1")
              .toCompletionStage());
  private final ServiceRegistry registry =
      HttpRegistries.connect(vertx, "consul://127.0.0.1:" + server.actualPort() + "?timeout=20s");

  @AfterEach
  void close() {
    registry.close();
    Await.value(vertx.close().toCompletionStage());
  }

  /** Answers what does not wait, and holds what does. */
  private void answer(HttpServerRequest request) {
    if (request.getParam("index") == null) {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .putHeader("X-Consul-Index", "7")
          .end("[]");
      return;
    }
    held.incrementAndGet();
    request.connection().closeHandler(end -> held.decrementAndGet());
  }

  private Watch watch() {
    int before = held.get();
    Watch watch = registry.watch("orders", new Heard());
    Await.until("one more query is held", () -> held.get() == before + 1);
    return watch;
  }

  @Test
  void closing_a_watch_ends_its_query_and_no_other() {
    Watch first = watch();
    watch();
    first.close();
    Await.until("its connection is closed", () -> held.get() == 1);
    Await.value(registry.instances("orders"));
    assertEquals(1, held.get());
  }

  @Test
  void closing_the_registry_ends_all() {
    watch();
    watch();
    registry.close();
    Await.until("both connections are closed", () -> held.get() == 0);
  }

  @Test
  void a_hundred_watches_leave_room_for_other_calls() {
    for (int i = 0; i < 100; i++) {
      registry.watch("orders-" + i, new Heard());
    }
    Await.until("all are held", () -> held.get() == 100);
    Await.value(registry.instances("orders"));
  }
}
