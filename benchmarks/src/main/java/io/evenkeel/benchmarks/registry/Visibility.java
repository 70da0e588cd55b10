package io.evenkeel.benchmarks.registry;

import io.evenkeel.http.HttpRegistries;
import io.evenkeel.loadbalancer.feed.FeedContext;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.feed.SnapshotFeed;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * From the call that registers to the list in a client's feed; and from the last sign of life to a
 * registry's answer, and to a client's list, without it. All dialects at once, each on a server of
 * its own, with the default feed (5 s poll where the dialect is polled).
 */
public final class Visibility {
  private static final TimeSource TIME = TimeSource.system();
  private static final int CRASHES = 12;
  private static final int STEADY = 4; // a list that becomes empty would be doubted

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final ServiceRegistry registry;
  private final Duration ttl;

  private Visibility(ServiceRegistry registry, Duration ttl) {
    this.registry = registry;
    this.ttl = ttl;
  }

  /** Runs it for each dialect; the arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    List<String> dialects = List.of("consul", "config-service", "heartbeat", "orchestrator");
    ExecutorService threads = Executors.newFixedThreadPool(dialects.size());
    List<Future<String>> results =
        dialects.stream().map(dialect -> threads.submit(() -> run(vertx, dialect))).toList();
    for (Future<String> result : results) {
      System.out.println(result.get());
    }
    threads.shutdown();
    vertx.close().await();
  }

  private static String run(Vertx vertx, String dialect) throws Exception {
    try (ServerProcess server = ServerProcess.start("--warm-up", "0s");
        ServiceRegistry registry = HttpRegistries.connect(vertx, server.uri(dialect))) {
      boolean watched = dialect.equals("consul");
      Duration ttl = Duration.ofSeconds(watched ? 3 : 10); // longer than a poll, to be seen
      return dialect + ": " + new Visibility(registry, ttl).run(watched ? 500 : 20);
    }
  }

  private String run(int rounds) throws Exception {
    for (int i = 0; i < STEADY; i++) {
      register("steady" + i, Duration.ofMinutes(10));
    }
    Scheduler scheduler = Scheduler.daemon("feed");
    SnapshotFeed feed =
        SnapshotFeed.start(
            registry,
            "orders",
            FeedOptions.defaults().withGuardGrace(Duration.ofMillis(1)),
            new FeedContext(scheduler, Randomness.perThread(), Runnable::run),
            snapshot -> {
              seen.clear();
              snapshot.instances().forEach(instance -> seen.add(instance.id()));
            });
    try {
      return "registered to seen: " + appear(rounds) + "; " + vanish();
    } finally {
      feed.close();
      scheduler.close();
    }
  }

  private Latencies appear(int rounds) throws Exception {
    Latencies appear = new Latencies(rounds);
    for (int i = 0; i < rounds; i++) {
      String id = "i" + i;
      long began = TIME.nanoTime();
      register(id, ttl);
      until(() -> seen.contains(id));
      appear.add(TIME.nanoTime() - began);
      registry.deregister(new InstanceKey("orders", id), 1).toCompletableFuture().get();
      until(() -> !seen.contains(id));
    }
    return appear;
  }

  private String vanish() throws Exception {
    Latencies unlisted = new Latencies(CRASHES);
    Latencies gone = new Latencies(CRASHES);
    for (int i = 0; i < CRASHES; i++) { // the last sign of life, then silence
      String id = "crash" + i;
      register(id, ttl);
      long silent = TIME.nanoTime();
      until(() -> seen.contains(id));
      until(() -> !isListed(id));
      unlisted.add(TIME.nanoTime() - silent);
      until(() -> !seen.contains(id));
      gone.add(TIME.nanoTime() - silent);
    }
    return "crashed (TTL %d s) to unlisted: %s; to gone from the client: %s"
        .formatted(ttl.toSeconds(), unlisted, gone);
  }

  private boolean isListed(String id) {
    LockSupport.parkNanos(20_000_000);
    return registry.instances("orders").toCompletableFuture().join().instances().stream()
        .anyMatch(instance -> instance.id().equals(id));
  }

  private void register(String id, Duration lease) throws Exception {
    ServiceInstance instance = ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
    registry.register(instance, new Lease(lease, 1)).toCompletableFuture().get();
  }

  private static void until(BooleanSupplier condition) {
    long end = TIME.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (TIME.nanoTime() > end) {
        throw new IllegalStateException("not within 60 s");
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
