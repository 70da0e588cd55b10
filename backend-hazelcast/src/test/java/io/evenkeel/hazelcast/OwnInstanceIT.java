package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.KEY;
import static io.evenkeel.hazelcast.Samples.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.HazelcastInstance;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Hazelcast instance that a user has already. */
@Tag("cluster")
class OwnInstanceIT {
  private static final Lease LEASE = new Lease(Samples.TTL, 1);

  private static TestCluster cluster;
  private static HazelcastInstance own; // as vertx-hazelcast needs it, without a word of ours

  @BeforeAll
  static void start_instance() {
    cluster = TestCluster.start();
    Config config = cluster.memberConfig();
    config.setSerializationConfig(new SerializationConfig());
    config.getMemberAttributeConfig().setAttribute("__vertx.nodeId", UUID.randomUUID().toString());
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET)
            .setBackupCount(1));
    own = cluster.newMember(config);
  }

  @AfterAll
  static void stop_instance() {
    cluster.close();
  }

  @Test
  void closing_the_registry_leaves_it_running() {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    HazelcastServiceRegistry registry = HazelcastServiceRegistry.over(own, TestCluster.options());
    Waiting.result(registry.register(instance(1), LEASE));
    registry.close();
    Waiting.until("it has left", () -> hasNoThreadBesides(others));
    assertTrue(own.getLifecycleService().isRunning());
  }

  private static boolean hasNoThreadBesides(Set<Thread> others) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !others.contains(thread))
        .noneMatch(thread -> thread.getName().startsWith("evenkeel-hazelcast"));
  }

  @Test
  void it_meets_registries_with_our_configuration_in_one_map() {
    HazelcastOptions options = TestCluster.options();
    try (ServiceRegistry ours = TestCluster.registry(cluster.member(), options);
        ServiceRegistry theirs = HazelcastServiceRegistry.over(own, options)) {
      Waiting.result(theirs.register(instance(1), LEASE));
      Waiting.until("seen", () -> Waiting.ids(ours).equals(Set.of("a")));
      Waiting.result(ours.deregister(KEY, 1));
      Waiting.until("gone", () -> Waiting.ids(theirs).isEmpty());
    }
  }

  @Test
  void it_may_be_the_one_of_vertx() {
    Vertx vertx =
        Waiting.result(
            Vertx.builder()
                .withClusterManager(new HazelcastClusterManager(own))
                .buildClustered()
                .toCompletionStage());
    try (ServiceRegistry registry = HazelcastServiceRegistry.over(own, TestCluster.options())) {
      Waiting.result(registry.register(instance(1), LEASE));
      assertEquals(Set.of("a"), Waiting.ids(registry));
      vertx.eventBus().consumer("echo", message -> message.reply(message.body()));
      assertEquals("hi", Waiting.result(echo(vertx)));
    } finally {
      Waiting.result(vertx.close().toCompletionStage());
    }
    assertTrue(own.getLifecycleService().isRunning());
  }

  private static CompletionStage<Object> echo(Vertx vertx) {
    return vertx.eventBus().request("echo", "hi").map(reply -> reply.body()).toCompletionStage();
  }
}
