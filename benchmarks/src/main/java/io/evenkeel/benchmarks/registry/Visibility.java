package io.evenkeel.benchmarks.registry;

import io.evenkeel.http.HttpRegistries;
import io.evenkeel.loadbalancer.feed.FeedContext;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.feed.SnapshotFeed;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * From the call that registers to the list in a client's feed, and from the last sign of life to a
 * list without it; each dialect, the default feed (5 s poll where the dialect is polled).
 */
public final class Visibility {
  private static final TimeSource TIME = TimeSource.system();

  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private final Duration ttl;

  private Visibility(Duration ttl) {
    this.ttl = ttl;
  }

  /** Runs it for each dialect; the arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    for (String dialect : List.of("consul", "config-service", "heartbeat", "orchestrator")) {
      try (ServerProcess server = ServerProcess.start("--warm-up", "0s");
          ServiceRegistry registry = HttpRegistries.connect(vertx, server.uri(dialect))) {
        boolean watched = dialect.equals("consul");
        Duration ttl = Duration.ofSeconds(watched ? 3 : 10); // longer than a poll, to be seen
        int rounds = watched ? 500 : 20;
        System.out.println(dialect + ": " + new Visibility(ttl).run(registry, rounds));
      }
    }
    vertx.close().await();
  }

  private String run(ServiceRegistry registry, int rounds) throws Exception {
    Latencies appear = new Latencies(rounds);
    Latencies vanish = new Latencies(rounds);
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
      for (int i = 0; i < rounds; i++) {
        String id = "i" + i;
        long began = TIME.nanoTime();
        register(registry, id);
        until(() -> seen.contains(id));
        appear.add(TIME.nanoTime() - began);
      }
      for (int i = 0; i < rounds / 20 + 4; i++) { // the last sign of life, then silence
        String id = "crash" + i;
        register(registry, id);
        long silent = TIME.nanoTime();
        until(() -> seen.contains(id));
        until(() -> !seen.contains(id));
        vanish.add(TIME.nanoTime() - silent);
      }
    } finally {
      feed.close();
      scheduler.close();
    }
    return "registered to seen: %s; crashed to gone (TTL %d s): %s"
        .formatted(appear, ttl.toSeconds(), vanish);
  }

  private void register(ServiceRegistry registry, String id) throws Exception {
    ServiceInstance instance = ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
    registry.register(instance, new Lease(ttl, 1)).toCompletableFuture().get();
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
