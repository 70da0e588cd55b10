package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.testkit.wire.FakeCluster;
import io.evenkeel.testkit.wire.FakeInstance;
import io.evenkeel.testkit.wire.Fault;
import io.evenkeel.testkit.wire.FaultProxy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three real instances, one of them behind a proxy; what happens to that one is not seen by the
 * caller. Round robin, so that nothing but retries and ejection keeps requests from it.
 */
class SurvivalIT {
  private static final int AT_ONCE = 10;

  private final FakeCluster cluster = FakeCluster.of("orders", 3);
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final Vertx vertx = Vertx.vertx();
  private FaultProxy proxy;
  private BalancedWebClient client;

  /** What happens to the first instance, or to the way to it. */
  private interface Misfortune {
    void befall(FakeInstance instance, FaultProxy way);
  }

  private static Stream<Arguments> misfortunes() {
    return Stream.of(
        misfortune("answers 503", (instance, way) -> instance.respond(503)),
        misfortune("drops requests", (instance, way) -> instance.drop()),
        misfortune("freezes", (instance, way) -> instance.freeze()),
        misfortune("is killed", (instance, way) -> instance.kill()),
        misfortune("refuses connections", (instance, way) -> way.apply(Fault.refuse())),
        misfortune("resets connections", (instance, way) -> way.apply(Fault.reset())),
        misfortune("is a black hole", (instance, way) -> way.apply(Fault.blackHole())),
        misfortune("is half open", (instance, way) -> way.applyToOpen(Fault.halfOpen())),
        misfortune(
            "cuts answers short",
            (instance, way) -> way.apply(Fault.limitData(20).towardsClient())));
  }

  private static Arguments misfortune(String words, Misfortune misfortune) {
    return Arguments.of(words, misfortune);
  }

  @BeforeEach
  void register() {
    ServiceInstance first = cluster.get(0).instance();
    proxy = FaultProxy.inFrontOf(first.host(), first.port());
    List<ServiceInstance> instances = new ArrayList<>(cluster.instances());
    instances.set(
        0, ServiceInstance.builder("orders", proxy.host(), proxy.port()).id(first.id()).build());
    for (ServiceInstance instance : instances) {
      registry.register(instance, new Lease(Duration.ofMinutes(10), 1));
    }
    client =
        BalancedWebClient.builder(vertx, registry)
            .callDefaults(Call.repeatable().withAttemptTimeout(Duration.ofMillis(400)))
            .balancer(balancer -> balancer.strategy(RoundRobin.create()))
            .build();
  }

  @AfterEach
  void close() throws Exception {
    await(client.close());
    await(vertx.close());
    registry.close();
    proxy.close();
    cluster.close();
  }

  @ParameterizedTest(name = "one {0}")
  @MethodSource("misfortunes")
  void no_request_fails_when_one(String words, Misfortune misfortune) throws Exception {
    send(60);
    assertTrue(proxy.traffic().accepted() > 0, "nothing went to the first instance");
    misfortune.befall(cluster.get(0), proxy);
    send(300);
    assertNothingInFlight();
  }

  /** Sends requests, some at once, and fails when one of them does. */
  private void send(int requests) throws Exception {
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    for (int sent = 0; sent < requests; sent += AT_ONCE) {
      List<Future<?>> batch = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.add(
            client
                .get("orders", "/")
                .send()
                .map(response -> response.statusCode())
                .onSuccess(statuses::add));
      }
      await(Future.all(batch));
    }
    assertEquals(requests, statuses.stream().filter(status -> status == 200).count());
  }

  private void assertNothingInFlight() {
    EndpointSet rotation = client.balancer("orders").inRotation();
    for (int i = 0; i < rotation.size(); i++) {
      assertEquals(0, rotation.get(i).inFlight(), rotation.get(i).toString());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
