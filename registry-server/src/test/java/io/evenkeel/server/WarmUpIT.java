package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry whose answer comes late, and what the server says of an empty one. */
class WarmUpIT {
  private final Vertx vertx = Vertx.vertx();
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final Promise<Void> asked = Promise.promise();
  private final Promise<Void> mayAnswer = Promise.promise();
  private final ServiceRegistry late =
      new SharedRegistry(registry) {
        @Override
        public CompletionStage<Set<String>> services() {
          asked.tryComplete();
          return mayAnswer
              .future()
              .compose(now -> Future.fromCompletionStage(super.services()))
              .toCompletionStage();
        }
      };

  @AfterEach
  void stop() {
    TestServer.await(vertx.close());
    registry.close();
  }

  @Test
  void nobody_can_register_before_the_server_knows_whether_its_registry_was_empty() {
    RegistryServerOptions options =
        RegistryServerOptions.none().withListener(Protocol.HEARTBEAT, "127.0.0.1", 0);
    ServerVerticle verticle = new ServerVerticle(late, options);
    Future<String> started = vertx.deployVerticle(verticle);
    TestServer.await(asked.future());
    bindAnotherPort(); // what the server bound meanwhile, it has bound by then
    assertEquals(Map.of(), verticle.addresses());
    assertFalse(started.isComplete());
    mayAnswer.complete();
    TestServer.await(started);
    assertEquals(Set.of(Protocol.HEARTBEAT), verticle.addresses().keySet());
  }

  private void bindAnotherPort() {
    TestServer.await(
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end())
            .listen(0, "127.0.0.1"));
  }
}
