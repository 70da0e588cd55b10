package io.evenkeel.house;

import static io.evenkeel.house.Planted.in;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One fault or more for each rule over classes; each breaks the rules it names and no other. */
final class PlantedFaults {
  private static final String CALL = "io.evenkeel.loadbalancer.call.";
  private static final String STRATEGY = "io.evenkeel.loadbalancer.strategy.";
  private static final String CLOCK = "clocks are read in io.evenkeel.time";
  private static final String CHANCE = "chance comes from io.evenkeel.time";
  private static final String STATE = "no static mutable state";
  private static final String ALONE = "strategies know endpoints, nothing around them";
  private static final String BLOCKING = "no blocking under strategy";
  private static final String FUTURES = "no futures under strategy";

  static final List<Planted> ALL =
      Stream.of(arrows(), clocks(), chances(), strategies(), states(), names())
          .flatMap(List::stream)
          .toList();

  private PlantedFaults() {}

  private static List<Planted> arrows() {
    String balancer = "io.evenkeel.loadbalancer.Balancer it;";
    String inmemory = "io.evenkeel.inmemory.InMemoryOptions it;";
    String archunit = "com.tngtech.archunit.lang.ArchRule it;";
    String vertx = "io.vertx.core.Vertx it;";
    return List.of(
        in("io.evenkeel.model.UsesLibrary", archunit, "floor plan: sdk-api"),
        in("io.evenkeel.inmemory.UsesBalancer", balancer, "floor plan: backend-inmemory"),
        in("io.evenkeel.hazelcast.UsesBackend", inmemory, "floor plan: backend-hazelcast"),
        in("io.evenkeel.http.UsesBalancer", balancer, "floor plan: backend-http"),
        in("io.evenkeel.loadbalancer.UsesBackend", inmemory, "floor plan: loadbalancer"),
        in("io.evenkeel.vertx.UsesBackend", inmemory, "floor plan: client-vertx"),
        in("io.evenkeel.server.UsesBackend", inmemory, "floor plan: registry-server"),
        in("io.evenkeel.cli.UsesBackend", inmemory, "floor plan: cli"),
        in("io.evenkeel.testkit.UsesBalancer", balancer, "floor plan: testkit"),
        in("io.evenkeel.samples.UsesLibrary", archunit, "floor plan: samples"),
        in("io.evenkeel.garage.Stranger", "", "every package is in the floor plan"),
        in(
            "io.evenkeel.loadbalancer.UsesVertx",
            vertx,
            "floor plan: loadbalancer",
            "Vert.x only where Vert.x is the point"),
        in(
            "io.evenkeel.hazelcast.UsesVertx",
            vertx,
            "floor plan: backend-hazelcast",
            "Vert.x only where Vert.x is the point"),
        in(
                "io.evenkeel.loadbalancer.feed.There",
                CALL + "Back back;",
                "packages are free of cycles")
            .and(CALL + "Back", "io.evenkeel.loadbalancer.feed.There there;"));
  }

  private static List<Planted> clocks() {
    return each(
        CLOCK,
        CALL + "Clock",
        "long now = System.nanoTime();",
        "java.util.function.LongSupplier now = System::nanoTime;",
        "long now = System.currentTimeMillis();",
        "Object now = java.time.Instant.now();",
        "java.util.function.Supplier<Object> now = java.time.LocalDateTime::now;",
        "Object now = java.time.Clock.systemUTC();",
        "Object now = new java.util.Date();");
  }

  private static List<Planted> chances() {
    return each(
        CHANCE,
        STRATEGY + "Chance",
        "int any = java.util.concurrent.ThreadLocalRandom.current().nextInt();",
        "java.util.function.Supplier<?> any = java.util.concurrent.ThreadLocalRandom::current;",
        "Object any = new java.util.Random(1);",
        "java.util.function.Supplier<Object> any = java.util.SplittableRandom::new;",
        "double any = Math.random();",
        "Object any = java.util.random.RandomGenerator.getDefault();",
        "void mix(java.util.List<String> list) { java.util.Collections.shuffle(list); }");
  }

  private static List<Planted> strategies() {
    List<Planted> faults = new ArrayList<>();
    faults.addAll(
        each(
            ALONE,
            STRATEGY + "Alone",
            "io.evenkeel.loadbalancer.feed.SnapshotFeed it;",
            "io.evenkeel.loadbalancer.health.Ejector it;",
            "io.evenkeel.loadbalancer.call.Attempt it;",
            "io.evenkeel.loadbalancer.endpoint.Rotation it;",
            "io.evenkeel.registry.ServiceRegistry it;",
            "io.evenkeel.registrar.Registrar it;"));
    faults.add(in("io.evenkeel.strategy.Alone", "io.evenkeel.registry.ServiceRegistry it;", ALONE));
    faults.addAll(
        each(
            BLOCKING,
            STRATEGY + "Blocking",
            "void pick() throws Exception { Thread.sleep(1); }",
            "void pick() throws Exception { wait(); }",
            "java.util.concurrent.CountDownLatch latch;",
            "java.util.concurrent.LinkedBlockingQueue<String> queue;"));
    faults.addAll(
        each(
            FUTURES,
            STRATEGY + "Futures",
            "java.util.concurrent.CompletableFuture<String> later;",
            "java.util.concurrent.ExecutorService later;"));
    faults.add(
        in(
            STRATEGY + "Lock",
            "Object lock = new java.util.concurrent.locks.ReentrantLock();",
            "no locks under strategy"));
    faults.add(
        in(
            STRATEGY + "Synchronized",
            "synchronized void pick() {}",
            "no synchronized method under strategy"));
    return faults;
  }

  private static List<Planted> states() {
    return each(
        STATE,
        CALL + "State",
        "static int count;",
        "static final int[] counts = {1};",
        "static final Object[] things = new Object[1];",
        "static final java.util.concurrent.atomic.AtomicInteger count ="
            + " new java.util.concurrent.atomic.AtomicInteger();",
        "static final java.util.Map<String, String> cache ="
            + " new java.util.concurrent.ConcurrentHashMap<>();",
        "static final java.util.ArrayList<String> list = new java.util.ArrayList<>();",
        "static final ThreadLocal<String> local = new ThreadLocal<>();");
  }

  private static List<Planted> names() {
    String types = "types say what they are";
    String packages = "packages say what they hold";
    return List.of(
        in(CALL + "CallImpl", "", types),
        in(CALL + "CallUtils", "", types),
        in(CALL + "CallHelper", "", types),
        in(CALL + "CallManager", "", types),
        in(CALL + "AbstractCall", "", types),
        in(CALL + "Holder", "class BaseCall {}", types),
        in("io.evenkeel.loadbalancer.impl.Thing", "", packages),
        in("io.evenkeel.loadbalancer.call.util.Thing", "", packages),
        in("io.evenkeel.inmemory.common.Thing", "", packages),
        in(CALL + "Stored", "java.io.ObjectInputStream in;", "no Java serialization"));
  }

  /** The same rule broken in several ways, each by a class of its own. */
  private static List<Planted> each(String rule, String type, String... members) {
    List<Planted> faults = new ArrayList<>();
    for (String member : members) {
      faults.add(in(type + faults.size(), member, rule));
    }
    return faults;
  }
}
