package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The part of {@link ServiceRegistryContract} about watching; run by it. */
abstract class ServiceWatchTests {
  private static final Duration A_WHILE = Duration.ofMillis(200);

  abstract ServiceRegistry registry();

  abstract RegistryHarness harness();

  abstract Duration ttl();

  @BeforeEach
  void skip_unless_watching() {
    assumeTrue(can(Capability.WATCH), "the backend does not watch: the feed polls");
  }

  private boolean can(Capability capability) {
    return registry().capabilities().contains(capability);
  }

  private RecordingListener watch(String service) {
    RecordingListener listener = RecordingListener.create();
    registry().watch(service, listener); // ends with the registry
    harness().eventually("a first list", () -> !listener.heard().isEmpty());
    return listener;
  }

  private ServiceInstance register(String service, String id) {
    return register(ServiceInstance.builder(service, "10.0.0.1", 8080).id(id).build());
  }

  private ServiceInstance register(ServiceInstance instance) {
    return register(instance, ServiceRegistryContract.LONG);
  }

  private ServiceInstance register(ServiceInstance instance, Duration ttl) {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    harness().result(registry().register(instance, new Lease(ttl, 1)));
    return instance;
  }

  private void deregister(String service, String id) {
    harness().result(registry().deregister(new InstanceKey(service, id), 1));
  }

  private void hears(RecordingListener listener, Set<String> ids) {
    harness().eventually("hears " + ids, () -> listener.lastIds().equals(ids));
  }

  @Test
  void a_watch_begins_with_the_list_as_it_is() {
    register("orders", "a");
    register("orders", "b");
    RecordingListener listener = watch("orders");
    hears(listener, Set.of("a", "b"));
  }

  @Test
  void a_watch_of_an_unknown_service_begins_with_the_empty_list() {
    RecordingListener listener = watch("nobody");
    assertEquals(List.of(), listener.heard().get(0).instances());
    assertEquals("nobody", listener.heard().get(0).service());
  }

  @Test
  void a_watch_hears_who_comes_and_goes() {
    RecordingListener listener = watch("orders");
    register("orders", "a");
    hears(listener, Set.of("a"));
    register("orders", "b");
    hears(listener, Set.of("a", "b"));
    deregister("orders", "a");
    hears(listener, Set.of("b"));
  }

  @Test
  void a_watch_hears_of_status_and_weight() {
    ServiceInstance up = register("orders", "a");
    RecordingListener listener = watch("orders");
    ServiceInstance out =
        register(up.toBuilder().weight(0).status(InstanceStatus.OUT_OF_SERVICE).build());
    harness().eventually("the new payload", () -> last(listener).instances().equals(List.of(out)));
  }

  private static ServiceSnapshot last(RecordingListener listener) {
    List<ServiceSnapshot> heard = listener.heard();
    return heard.get(heard.size() - 1);
  }

  @Test
  void a_watch_hears_who_fell_silent() {
    assumeTrue(can(Capability.RENEW), "the backend has no leases");
    register(ServiceInstance.builder("orders", "10.0.0.1", 8080).id("a").build(), ttl());
    RecordingListener listener = watch("orders");
    harness().elapse(ttl());
    hears(listener, Set.of());
  }

  @Test
  void a_watch_outlives_the_emptiness_of_its_service() {
    register("orders", "a");
    RecordingListener listener = watch("orders");
    deregister("orders", "a");
    hears(listener, Set.of());
    register("orders", "b");
    hears(listener, Set.of("b"));
  }

  @Test
  void revisions_never_decrease() {
    RecordingListener listener = watch("orders");
    for (int i = 0; i < 5; i++) {
      register("orders", "a-" + i);
      hears(listener, ids(i + 1));
    }
    List<Long> revisions = listener.heard().stream().map(ServiceSnapshot::revision).toList();
    assertEquals(revisions.stream().sorted().toList(), revisions);
  }

  private static Set<String> ids(int count) {
    Set<String> ids = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      ids.add("a-" + i);
    }
    return ids;
  }

  @Test
  void a_burst_of_changes_ends_in_the_latest_list() {
    RecordingListener listener = watch("orders");
    for (int i = 0; i < 100; i++) {
      register("orders", "a-" + i);
    }
    hears(listener, ids(100));
    assertTrue(listener.heard().size() <= 101, "at most one list per change");
  }

  @Test
  void changes_from_many_threads_reach_a_listener_one_at_a_time() throws InterruptedException {
    assumeTrue(can(Capability.REGISTER), "the backend does not register");
    RecordingListener listener = watch("orders");
    RegistryCrowd.run(4, worker -> registerTen(worker));
    hears(listener, ids(40));
    assertFalse(listener.overlapped());
    List<Long> revisions = listener.heard().stream().map(ServiceSnapshot::revision).toList();
    assertEquals(revisions.stream().sorted().toList(), revisions);
  }

  private void registerTen(int worker) {
    for (int i = 0; i < 10; i++) {
      register("orders", "a-" + (10 * worker + i));
    }
  }

  @Test
  void a_listener_that_throws_is_called_again() {
    AtomicInteger calls = new AtomicInteger();
    registry()
        .watch(
            "orders",
            snapshot -> {
              calls.incrementAndGet();
              throw new IllegalStateException("planted by the contract test");
            });
    harness().eventually("a first call", () -> calls.get() == 1);
    register("orders", "a");
    harness().eventually("a second call", () -> calls.get() == 2);
  }

  @Test
  void a_listener_that_throws_does_not_harm_another() {
    registry()
        .watch(
            "orders",
            snapshot -> {
              throw new IllegalStateException("planted by the contract test");
            });
    RecordingListener listener = watch("orders");
    register("orders", "a");
    hears(listener, Set.of("a"));
  }

  @Test
  void a_closed_watch_hears_nothing_more() {
    RecordingListener closed = RecordingListener.create();
    Watch watch = registry().watch("orders", closed);
    harness().eventually("a first list", () -> !closed.heard().isEmpty());
    watch.close();
    int before = closed.heard().size();
    RecordingListener open = watch("orders");
    register("orders", "a");
    hears(open, Set.of("a"));
    harness().elapse(A_WHILE);
    assertEquals(before, closed.heard().size());
  }

  @Test
  void closing_a_watch_twice_does_no_harm() {
    Watch watch = registry().watch("orders", RecordingListener.create());
    watch.close();
    watch.close();
    hears(watch("orders"), Set.of());
  }

  @Test
  void several_watches_hear_the_same() {
    RecordingListener first = watch("orders");
    RecordingListener second = watch("orders");
    register("orders", "a");
    hears(first, Set.of("a"));
    hears(second, Set.of("a"));
  }

  @Test
  void a_watch_hears_nothing_of_other_services() {
    RecordingListener orders = watch("orders");
    RecordingListener users = watch("users");
    register("users", "u");
    hears(users, Set.of("u"));
    harness().elapse(A_WHILE);
    assertEquals(1, orders.heard().size());
  }

  @Test
  void closing_the_registry_ends_its_watches() {
    RecordingListener listener = watch("orders");
    registry().close();
    int before = listener.heard().size();
    harness().elapse(ttl());
    assertEquals(before, listener.heard().size());
  }

  @Test
  void a_closed_registry_cannot_be_watched() {
    registry().close();
    assertThrows(
        RegistryException.Closed.class,
        () -> registry().watch("orders", RecordingListener.create()));
  }

  @Test
  void a_name_out_of_bounds_cannot_be_watched() {
    assertThrows(
        IllegalArgumentException.class, () -> registry().watch("a/b", RecordingListener.create()));
  }
}
