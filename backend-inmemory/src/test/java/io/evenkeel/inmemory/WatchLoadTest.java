package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class WatchLoadTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final ManualTime time = ManualTime.start();
  private final InMemoryServiceRegistry registry = InMemoryServiceRegistry.create(time);
  private final Fleet fleet = new Fleet(registry, "orders", TTL);

  @Test
  void a_burst_of_registrations_is_one_list() {
    RecordingListener listener = RecordingListener.create();
    registry.watch("orders", listener);
    fleet.register(0, 10_000);
    time.runDue();
    assertEquals(1, listener.heard().size());
    assertEquals(10_000, listener.lastIds().size());
  }

  @Test
  void all_of_10_000_watchers_hear_one_and_the_same_list() {
    List<ServiceSnapshot> heard = new ArrayList<>();
    watchTenThousand("orders", heard::add);
    time.runDue();
    heard.clear();
    fleet.register(0, 1);
    time.runDue();
    assertEquals(10_000, heard.size());
    assertEquals(1, new HashSet<>(heard).size());
  }

  @Test
  void watchers_of_other_services_cost_a_change_nothing() {
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 10_000; i++) {
      registry.watch("service-" + i, snapshot -> calls.incrementAndGet());
    }
    time.runDue();
    calls.set(0);
    fleet.register(0, 1);
    int pending = time.pendingTasks();
    time.runDue();
    assertEquals(0, calls.get());
    assertEquals(1, pending, "the sweep, and no dispatch since nobody watches orders");
  }

  @Test
  void a_watch_that_is_closed_while_others_are_told_hears_nothing() {
    List<Watch> second = new ArrayList<>();
    registry.watch("orders", snapshot -> second.forEach(Watch::close));
    RecordingListener listener = RecordingListener.create();
    second.add(registry.watch("orders", listener));
    time.runDue();
    assertEquals(List.of(), listener.heard());
  }

  @Test
  void ten_thousand_watchers_have_no_thread_of_their_own() {
    int before = Thread.activeCount();
    watchTenThousand("orders", snapshot -> {});
    fleet.register(0, 1);
    time.runDue();
    assertTrue(Thread.activeCount() <= before, "threads: " + Thread.activeCount());
  }

  @Test
  void a_listing_that_holds_nothing_is_retired() {
    Shared shared = Shared.of(time, InMemoryOptions.defaults());
    Listing listing = new Listing("orders", shared);
    listing.register(fleet.instance(0), new Lease(TTL, 1), 0);
    assertFalse(listing.retireIfIdle());
    listing.deregister("i-0", 1, 0);
    assertFalse(listing.retireIfIdle(), "its tombstone stands");
    shared.wheel().visitDue(TTL.toNanos(), row -> listing.isExpired(row, TTL.toNanos()));
    assertFalse(listing.retireIfIdle(), "its tombstone stands");
    long later = TTL.toNanos() * 2;
    shared.wheel().visitDue(later, row -> listing.isExpired(row, later));
    assertTrue(listing.retireIfIdle());
  }

  @Test
  void a_closed_registry_leaves_no_timer() {
    watchTenThousand("orders", snapshot -> {});
    time.runDue();
    registry.close();
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void its_own_thread_delivers_and_ends() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    try (InMemoryServiceRegistry own = InMemoryServiceRegistry.create()) {
      own.watch("orders", snapshot -> thread.complete(Thread.currentThread()));
      assertTrue(thread.get(30, TimeUnit.SECONDS).isDaemon());
    }
    thread.get().join(30_000);
    assertFalse(thread.get().isAlive());
  }

  @Test
  void on_many_threads_a_listener_is_not_called_before_it_has_returned() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger inside = new AtomicInteger();
    try (ManyThreads threads = new ManyThreads();
        InMemoryServiceRegistry busy = InMemoryServiceRegistry.create(threads)) {
      busy.watch(
          "orders",
          snapshot -> {
            assertEquals(1, inside.incrementAndGet());
            new Fleet(busy, "orders", TTL).register(0, 1); // the next call is due from here on
            giveOthersTime();
            inside.decrementAndGet();
            both.countDown();
          });
      assertTrue(both.await(30, TimeUnit.SECONDS));
    }
  }

  /** Long enough for a second thread to come in, were it let in; no harm if it is too short. */
  private static void giveOthersTime() {
    LockSupport.parkNanos(100_000_000);
  }

  @Test
  void on_many_threads_revisions_rise() throws Exception {
    RecordingListener listener = RecordingListener.create();
    CountDownLatch complete = new CountDownLatch(1);
    try (ManyThreads threads = new ManyThreads();
        InMemoryServiceRegistry busy = InMemoryServiceRegistry.create(threads)) {
      busy.watch(
          "orders",
          snapshot -> {
            listener.onSnapshot(snapshot);
            if (snapshot.instances().size() == 5000) {
              complete.countDown();
            }
          });
      new Fleet(busy, "orders", TTL).register(0, 5000);
      assertTrue(complete.await(30, TimeUnit.SECONDS));
    }
    List<Long> revisions = listener.heard().stream().map(ServiceSnapshot::revision).toList();
    assertEquals(revisions.stream().sorted().distinct().toList(), revisions);
  }

  private void watchTenThousand(String service, WatchListener listener) {
    for (int i = 0; i < 10_000; i++) {
      registry.watch(service, listener);
    }
  }
}
