package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.RegistryException.Closed;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.testkit.wire.Fault;
import io.evenkeel.testkit.wire.FaultProxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client whose cluster is away, seen through a proxy that stands between the two. */
@Tag("cluster")
@Tag("slow")
class OutageIT {
  private static final Lease LEASE = new Lease(Duration.ofMinutes(5), 1);

  private static TestCluster cluster;

  private final FaultProxy proxy =
      FaultProxy.inFrontOf(
          "127.0.0.1", cluster.member().getCluster().getLocalMember().getAddress().getPort());
  private final HazelcastOptions options = TestCluster.options();
  private final CopyOnWriteArrayList<String> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start_cluster() {
    cluster = TestCluster.start();
  }

  @AfterAll
  static void stop_cluster() {
    cluster.close();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  private ServiceRegistry connect() {
    return Registries.connect(
        "hazelcast://127.0.0.1:%d?routing=single&cluster=%s&map=%s"
            .formatted(proxy.port(), cluster.name(), options.map()));
  }

  private static CompletionStage<?> register(ServiceRegistry registry) {
    return registry.register(instance(1), LEASE);
  }

  private static boolean succeeds(CompletionStage<?> call) {
    return Waiting.result(call.handle((value, error) -> error == null));
  }

  private static void begin(ServiceRegistry registry) {
    Waiting.until("registered", () -> succeeds(register(registry)));
    Waiting.until("read", () -> succeeds(registry.instances("orders")));
  }

  private void watch(ServiceRegistry registry) {
    registry.watch(
        "orders",
        new WatchListener() {
          @Override
          public void onSnapshot(ServiceSnapshot snapshot) {
            heard.add(snapshot.freshness() + " " + snapshot.instances().size());
          }

          @Override
          public void onError(RegistryException error) {
            heard.add(error.getClass().getSimpleName());
          }
        });
  }

  private String last() {
    return heard.isEmpty() ? "" : heard.get(heard.size() - 1);
  }

  private static Freshness freshness(ServiceRegistry registry) {
    return Waiting.orders(registry).freshness();
  }

  @Test
  void before_the_cluster_is_there_every_call_fails_in_time_and_then_works() {
    proxy.apply(Fault.refuse());
    try (ServiceRegistry registry = connect()) {
      assertInstanceOf(Unavailable.class, Waiting.failure(register(registry)));
      assertInstanceOf(Unavailable.class, Waiting.failure(registry.instances("orders")));
      proxy.heal();
      Waiting.until("registered", () -> succeeds(register(registry)));
      assertEquals(Set.of("a"), Waiting.ids(registry));
    }
  }

  @Test
  void while_the_cluster_is_gone_the_list_is_stale_and_then_fresh_again() {
    try (ServiceRegistry registry = connect()) {
      begin(registry);
      watch(registry);
      proxy.apply(Fault.refuse(), Fault.reset());
      Waiting.until("stale", () -> freshness(registry) == Freshness.STALE);
      assertEquals(Set.of("a"), Waiting.ids(registry));
      Waiting.until("told", () -> heard.contains("Unavailable"));
      proxy.heal();
      Waiting.until("fresh", () -> freshness(registry) == Freshness.FRESH);
      Waiting.until("told so", () -> last().equals("FRESH 1"));
    }
  }

  @Test
  void a_frozen_member_holds_up_no_call_and_no_list() {
    try (ServiceRegistry registry = connect()) {
      begin(registry);
      proxy.apply(Fault.blackHole());
      assertInstanceOf(Unavailable.class, Waiting.failure(register(registry)));
      assertEquals(Set.of("a"), Waiting.ids(registry));
      Waiting.until("stale", () -> freshness(registry) == Freshness.STALE);
    }
  }

  @Test
  void closing_ends_calls_that_wait() {
    proxy.apply(Fault.blackHole());
    ServiceRegistry registry = connect();
    CompletableFuture<?> waiting = register(registry).toCompletableFuture();
    registry.close();
    assertInstanceOf(Closed.class, Waiting.failure(waiting));
  }

  @Test
  void a_node_that_comes_back_puts_what_it_announced_again() {
    try (ServiceRegistry registry = connect()) {
      begin(registry);
      proxy.apply(Fault.refuse(), Fault.reset());
      Waiting.until("stale", () -> freshness(registry) == Freshness.STALE);
      cluster.member().getMap(options.map()).clear();
      proxy.heal();
      Waiting.until(
          "put again", () -> cluster.member().getMap(options.map()).containsKey("orders/a"));
    }
  }

  @Test
  void listeners_and_stages_run_on_the_registrys_own_thread() {
    CompletableFuture<String> listener = new CompletableFuture<>();
    try (ServiceRegistry registry = connect()) {
      Waiting.until("registered", () -> succeeds(register(registry)));
      registry.watch("orders", list -> listener.complete(Thread.currentThread().getName()));
      assertEquals("evenkeel-hazelcast", Waiting.result(listener));
      proxy.apply(Fault.latency(Duration.ofMillis(100), Duration.ZERO, 1));
      CompletionStage<String> stage =
          register(registry).handle((value, error) -> Thread.currentThread().getName());
      assertFalse(stage.toCompletableFuture().isDone());
      assertEquals("evenkeel-hazelcast", Waiting.result(stage));
    }
  }

  @Test
  void a_member_comes_up_behind_the_callers_back_and_goes_with_the_registry() {
    ServiceRegistry registry =
        Registries.connect(
            "hazelcast-member://127.0.0.1:0?cluster=%s&members=%s"
                .formatted(cluster.name(), cluster.address()));
    Waiting.until("joined", () -> cluster.member().getCluster().getMembers().size() == 2);
    registry.close();
    Waiting.until("left", () -> cluster.member().getCluster().getMembers().size() == 1);
    assertTrue(cluster.member().getLifecycleService().isRunning());
  }

  @Test
  void a_lite_member_holds_no_data_and_registers_all_the_same() {
    try (ServiceRegistry registry =
        Registries.connect(
            "hazelcast-member://127.0.0.1:0?lite=true&cluster=%s&members=%s&map=%s"
                .formatted(cluster.name(), cluster.address(), options.map()))) {
      Waiting.until("registered", () -> succeeds(register(registry)));
      assertTrue(
          cluster.member().getCluster().getMembers().stream().anyMatch(m -> m.isLiteMember()));
      assertTrue(cluster.member().getMap(options.map()).containsKey("orders/a"));
    }
  }
}
