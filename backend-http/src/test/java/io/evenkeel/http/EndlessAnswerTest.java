package io.evenkeel.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndlessAnswerTest {
  private final Vertx vertx = Vertx.vertx();
  private final CompletableFuture<String> hungUp = new CompletableFuture<>();

  @AfterEach
  void close() {
    Outcomes.get(vertx.close().toCompletionStage());
  }

  @Test
  void endless_chunks_are_cut_off_and_the_connection_is_closed() {
    int port = Outcomes.get(listen());
    try (ServiceRegistry registry =
        HttpRegistries.connect(vertx, "config-service://127.0.0.1:" + port + "?timeout=20s")) {
      Protocol error = Outcomes.failure(Protocol.class, registry.instances("orders"));
      assertTrue(error.getMessage().contains("at most 16777216 bytes"), error::getMessage);
      Outcomes.get(hungUp);
    }
  }

  private CompletableFuture<Integer> listen() {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> {
              request.connection().closeHandler(closed -> hungUp.complete("closed"));
              HttpServerResponse response = request.response().setChunked(true);
              response.putHeader("Content-Type", "application/json");
              Buffer blanks = Buffer.buffer(" ".repeat(64 * 1024));
              response.drainHandler(drained -> fill(response, blanks));
              fill(response, blanks);
            })
        .listen(0, "127.0.0.1")
        .map(server -> server.actualPort())
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static void fill(HttpServerResponse response, Buffer part) {
    while (!response.closed() && !response.writeQueueFull()) {
      response.write(part);
    }
  }
}
