package io.evenkeel.benchmarks.registry;

import io.evenkeel.http.HttpRegistries;
import io.evenkeel.loadbalancer.feed.FeedContext;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.feed.SnapshotFeed;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * 1,000 registrars and one client against a registry server that is not there when they start, then
 * comes, is killed and stays away for 60 s, comes back empty, is killed and comes back empty at
 * once. Counts how long until the registry holds all of them, and the shortest list the client ever
 * served once it had them all. For each dialect.
 */
public final class RegistryOutage {
  private static final int INSTANCES = 1_000;
  private static final Duration AWAY = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TimeSource time = TimeSource.system();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient admin = vertx.createHttpClient();
  private final Scheduler scheduler = Scheduler.daemon("registrars");
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger shortest = new AtomicInteger(Integer.MAX_VALUE);
  private final ServiceRegistry registry;
  private ServerProcess server;

  private RegistryOutage(String dialect, ServerProcess first) {
    this.server = first;
    this.registry = HttpRegistries.connect(vertx, first.uri(dialect));
  }

  /** Runs it for each dialect, or for those that match the first argument, a pattern. */
  public static void main(String[] args) throws Exception {
    String wanted = args.length > 0 ? args[0] : ".*";
    for (String dialect : List.of("consul", "heartbeat", "orchestrator", "config-service")) {
      if (dialect.matches(wanted)) {
        System.out.println(dialect + ": " + new RegistryOutage(dialect, firstLife()).run());
      }
    }
  }

  /** A server that has had its ports and is gone: the registrars find nobody. */
  private static ServerProcess firstLife() throws IOException {
    ServerProcess first = ServerProcess.start();
    first.close();
    return first;
  }

  private String run() throws IOException {
    List<Registrar> registrars = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      ServiceInstance instance =
          ServiceInstance.builder("orders", "10.0.0.1", 1_024 + i).id("i" + i).build();
      registrars.add(
          Registrar.announce(registry, instance, RegistrarOptions.defaults(), scheduler));
    }
    park(Duration.ofSeconds(5)); // nobody answers, nobody fails
    double atStart = comesBack();
    SnapshotFeed feed = feed();
    until("the client knows all", () -> served.get() == INSTANCES);
    shortest.set(INSTANCES);
    server.close();
    park(AWAY);
    double afterAway = comesBack();
    server.close();
    double afterWipe = comesBack();
    park(Duration.ofSeconds(40)); // longer than a doubt is held
    String result =
        "all %d held %.1f s after the start, %.1f s after %d s away, %.1f s after a wipe; shortest list served %d"
            .formatted(INSTANCES, atStart, afterAway, AWAY.toSeconds(), afterWipe, shortest.get());
    feed.close();
    registrars.forEach(Registrar::closeAsync);
    park(Duration.ofSeconds(5));
    scheduler.close();
    registry.close();
    vertx.close().await();
    server.close();
    return result;
  }

  private SnapshotFeed feed() {
    return SnapshotFeed.start(
        registry,
        "orders",
        FeedOptions.defaults(),
        new FeedContext(scheduler, Randomness.perThread(), Runnable::run),
        snapshot -> {
          served.set(snapshot.instances().size());
          shortest.accumulateAndGet(snapshot.instances().size(), Math::min);
        });
  }

  /** Starts a server where the last one was; answers how long until it holds everyone. */
  private double comesBack() throws IOException {
    server = ServerProcess.startAgain(server);
    long began = time.nanoTime();
    until("the registry holds all", () -> rows() == INSTANCES);
    return (time.nanoTime() - began) / 1e9;
  }

  /** As the server's own metrics have it, which tell it also while it warms up. */
  private int rows() {
    String metrics =
        admin
            .request(HttpMethod.GET, server.port("admin"), server.host("admin"), "/metrics")
            .compose(request -> request.send())
            .compose(response -> response.body())
            .map(Object::toString)
            .timeout(5, TimeUnit.SECONDS)
            .otherwise("")
            .await();
    return metrics
        .lines()
        .filter(line -> line.startsWith("evenkeel_server_instances"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void until(String what, BooleanSupplier condition) {
    long end = time.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (time.nanoTime() > end) {
        throw new IllegalStateException(
            "not within " + PATIENCE + ": " + what + "; rows " + rows() + ", served " + served);
      }
      park(Duration.ofMillis(100));
    }
  }

  private void park(Duration duration) {
    long end = time.nanoTime() + duration.toNanos();
    while (end - time.nanoTime() > 0) {
      LockSupport.parkNanos(end - time.nanoTime());
    }
  }
}
