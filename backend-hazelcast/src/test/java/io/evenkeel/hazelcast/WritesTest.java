package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.KEY;
import static io.evenkeel.hazelcast.Samples.TTL;
import static io.evenkeel.hazelcast.Samples.dead;
import static io.evenkeel.hazelcast.Samples.instance;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WritesTest {
  private final ManualTime time = ManualTime.start();
  private final ScriptedStore store = new ScriptedStore(time);
  private final Mirror mirror = new Mirror(service -> {});
  private final Silence silence = new Silence(time, Duration.ofMillis(250), mirror);
  private final Writes writes = new Writes(store, mirror, silence, time);

  private <T> T result(CompletionStage<T> stage) {
    time.runDue();
    return stage.toCompletableFuture().join();
  }

  private long refusedBy(CompletionStage<?> stage) {
    CompletionException thrown = assertThrows(CompletionException.class, () -> result(stage));
    return assertInstanceOf(Superseded.class, thrown.getCause()).holder();
  }

  private static Lease lease(long incarnation) {
    return new Lease(TTL, incarnation);
  }

  private Registration inMap() {
    return store.held(KEY).orElseThrow();
  }

  @Test
  void a_registration_that_meets_an_unseen_newer_life_puts_it_back() {
    store.put(live(7, 3));
    assertEquals(7, refusedBy(writes.register(instance(9), lease(6))));
    assertEquals(live(7, 3), inMap());
    assertEquals(live(7, 3), mirror.known(KEY).registration());
  }

  @Test
  void a_registration_that_meets_an_unseen_tombstone_puts_it_back() {
    store.put(dead(6, 3));
    assertEquals(6, refusedBy(writes.register(instance(9), lease(6))));
    assertEquals(dead(6, 3), inMap());
  }

  @Test
  void a_renewal_that_overtakes_a_deregistration_puts_the_tombstone_back() {
    result(writes.register(instance(1), lease(6)));
    store.beforeNextSwap(dead(6, 3));
    assertEquals(6, refusedBy(writes.renew(KEY, lease(6))));
    assertEquals(dead(6, 3), inMap());
  }

  @Test
  void what_came_between_putting_back_is_put_back_too() {
    store.put(dead(6, 3));
    CompletionStage<Lease> late = writes.register(instance(1), lease(6));
    store.beforeNextSwap(live(8, 1)); // while the tombstone is in this writer's hands
    refusedBy(late);
    assertEquals(live(8, 1), inMap());
    assertEquals(live(8, 1), mirror.known(KEY).registration());
  }

  @Test
  void a_renewal_keeps_the_payload_that_another_node_wrote() {
    result(writes.register(instance(1), lease(6)));
    long version = inMap().version();
    store.beforeNextSwap(live(6, version + 1, 42));
    assertEquals(Renewal.RENEWED, result(writes.renew(KEY, lease(6))));
    assertEquals(instance(42), inMap().instance());
    assertEquals(version + 2, inMap().version());
  }

  @Test
  void a_registration_goes_beyond_the_version_another_node_wrote() {
    store.put(live(6, Long.MAX_VALUE / 2, 1));
    result(writes.register(instance(42), lease(6)));
    assertEquals(live(6, Long.MAX_VALUE / 2 + 1, 42), inMap());
  }

  @Test
  void a_renewal_puts_a_lost_entry_again() {
    result(writes.register(instance(1), lease(6)));
    store.lose(KEY);
    assertEquals(Renewal.RENEWED, result(writes.renew(KEY, lease(6))));
    assertEquals(instance(1), inMap().instance());
  }

  @Test
  void a_renewal_on_a_node_that_heard_nothing_asks_the_map() {
    store.put(live(6, 3));
    assertEquals(Renewal.RENEWED, result(writes.renew(KEY, lease(6))));
    assertEquals(live(6, 4), inMap());
  }

  @Test
  void a_write_that_ran_twice_is_as_if_it_ran_once() {
    result(writes.register(instance(1), lease(6)));
    Registration written = inMap();
    result(writes.deregister(KEY, 6));
    writes.heard(written); // its second run overwrote the tombstone
    store.put(written);
    writes.heard(written);
    time.runDue();
    assertTrue(inMap().isTombstone());
  }

  @Test
  void a_lower_value_heard_of_is_replaced_by_the_tombstone_one_remembers() {
    writes.heard(dead(6, 3));
    store.put(live(6, 9));
    writes.heard(live(6, 9));
    time.runDue();
    assertEquals(dead(6, 3), inMap());
  }

  @Test
  void an_older_renewal_heard_of_is_left_alone() {
    writes.heard(live(6, 9));
    writes.heard(live(6, 8));
    time.runDue();
    assertEquals(0, store.swaps());
  }

  @Test
  void deregistering_whatever_is_there_follows_a_newer_life_that_came_between() {
    result(writes.register(instance(1), lease(6)));
    store.beforeNextSwap(live(9, 1));
    assertTrue(result(writes.deregister(KEY, ServiceRegistry.ANY_INCARNATION)));
    assertTrue(inMap().isTombstone());
    assertEquals(9, inMap().incarnation());
  }

  @Test
  void deregistering_an_older_life_leaves_a_newer_one_that_was_not_seen() {
    store.put(live(9, 1));
    assertFalse(result(writes.deregister(KEY, 6)));
    assertEquals(live(9, 1), inMap());
  }

  @Test
  void a_tombstone_is_kept_for_twice_the_lease() {
    Lease hour = new Lease(Duration.ofHours(1), 6);
    result(writes.register(instance(1), hour));
    result(writes.deregister(KEY, 6));
    assertEquals(Duration.ofHours(2), inMap().ttl());
  }

  @Test
  void putting_again_extends_no_lease_and_leaves_what_is_newer() {
    result(writes.register(instance(1), lease(6)));
    Registration own = inMap();
    store.lose(KEY);
    writes.putAgain(List.of(own));
    time.runDue();
    assertEquals(own, inMap());
    store.put(dead(6, 1));
    writes.putAgain(List.of(own));
    time.runDue();
    assertEquals(Optional.of(dead(6, 1)), store.held(KEY));
  }

  @Test
  void only_what_this_node_announced_is_put_again_when_it_left_the_map() {
    writes.heard(live(6, 3));
    writes.lost(KEY);
    time.runDue();
    assertEquals(0, store.swaps());
    result(writes.renew(KEY, lease(6)));
    store.lose(KEY);
    writes.lost(KEY);
    time.runDue();
    assertEquals(live(6, 4), inMap());
  }

  @Test
  void a_failed_call_changes_nothing_here() {
    store.setAway(true);
    assertThrows(CompletionException.class, () -> result(writes.register(instance(1), lease(6))));
    assertEquals(null, mirror.known(KEY));
  }
}
