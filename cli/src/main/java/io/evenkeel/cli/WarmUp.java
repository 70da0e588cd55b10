package io.evenkeel.cli;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;

/**
 * Requests to an instance of this process's own, on loopback, before those that count: without them
 * the slowest requests of a short load show how long a JVM takes to load a client's classes, about
 * half a second, and not how the service answers.
 */
final class WarmUp {
  private static final LoadPlan PLAN = new LoadPlan(500, Duration.ofSeconds(1), 0, 10);
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private WarmUp() {}

  /** Blocks for a second at most, more or less; a host that lets nobody listen goes without. */
  static void run(Vertx vertx, Stop stop) throws InterruptedException {
    HttpServer server =
        vertx.createHttpServer().requestHandler(request -> request.response().end());
    try {
      Stop.ending(server.listen(0, "127.0.0.1").toCompletionStage(), BRIEF, "warm-up");
    } catch (Failure refused) {
      return; // the figures of the first requests are then what they are
    }
    String uri = "static:warm-up=127.0.0.1:" + server.actualPort();
    try (ServiceRegistry registry = Registries.connect(uri)) {
      BalancedWebClient client = BalancedWebClient.create(vertx, registry);
      new Load(vertx, client.get("warm-up", "/"), PLAN, stop).run(BRIEF);
      Stop.settle(client.close().toCompletionStage(), BRIEF);
    } finally {
      server.close();
    }
  }
}
