package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.wire.FakeCluster;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three real instances, one of which stops answering, though it takes every connection. */
class SilentInstanceIT {
  private static final int AT_ONCE = 10;
  private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(20);
  private static final EjectionOptions FOR_LONG =
      EjectionOptions.defaults().withTimes(Duration.ofMinutes(10), Duration.ofMinutes(10));

  private final FakeCluster cluster = FakeCluster.of("orders", 3);
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final Vertx vertx = Vertx.vertx();
  private final Queue<Duration> taken = new ConcurrentLinkedQueue<>();
  private BalancedWebClient client;

  @BeforeEach
  void open() {
    cluster
        .instances()
        .forEach(each -> registry.register(each, new Lease(Duration.ofMinutes(10), 1)));
    client =
        BalancedWebClient.builder(vertx, registry)
            .callDefaults(
                Call.repeatable()
                    .withDeadline(ATTEMPT_TIMEOUT.multipliedBy(3))
                    .withAttemptTimeout(ATTEMPT_TIMEOUT))
            .balancer(balancer -> balancer.strategy(RoundRobin.create()).ejection(FOR_LONG))
            .build();
  }

  @AfterEach
  void close() {
    Await.value(client.close());
    Await.value(vertx.close());
    registry.close();
    cluster.close();
  }

  @Test
  void what_waits_for_it_begins_elsewhere_long_before_its_time_is_over() {
    send(600);
    taken.clear();
    cluster.get(0).freeze();
    send(60);
    Duration longest = Collections.max(taken);
    assertTrue(longest.toMillis() >= 500, "nothing went to the silent one: " + longest);
    assertTrue(longest.compareTo(ATTEMPT_TIMEOUT.dividedBy(2)) < 0, "longest: " + longest);
    assertEquals(2, client.balancer("orders").inRotation().size());
  }

  /** Sends requests, some at once; fails when one of them does. */
  private void send(int requests) {
    for (int sent = 0; sent < requests; sent += AT_ONCE) {
      List<Future<?>> batch = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        batch.add(get());
      }
      Await.value(Future.all(batch));
    }
  }

  private Future<Void> get() {
    long begun = TimeSource.system().nanoTime();
    return client
        .get("orders", "/")
        .send()
        .map(
            response -> {
              assertEquals(200, response.statusCode());
              taken.add(Duration.ofNanos(TimeSource.system().nanoTime() - begun));
              return null;
            });
  }
}
