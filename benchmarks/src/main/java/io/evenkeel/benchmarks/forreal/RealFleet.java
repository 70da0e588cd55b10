package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.world.Machines;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.Stage;
import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one contender, registered in a registry of their own. What happens to them happens
 * on their event loop, at the same times as to the others' servers.
 */
final class RealFleet implements Stage, AutoCloseable {
  /** What the servers are registered as. */
  static final String SERVICE = "laboratory";

  private static final Lease LEASE = new Lease(Duration.ofHours(1), 1);
  private static final double SECOND = 1e9;

  private final Machines machines;
  private final Site site;
  private final TimeSource time = TimeSource.system();
  private final List<RealServer> servers;
  private final @Nullable ServiceInstance[] listed; // by server; written on the event loop
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private int processes;
  private long opens; // nanoseconds: when the measured window does

  RealFleet(Machines machines, Site site) {
    this.machines = machines;
    this.site = site;
    this.listed = new ServiceInstance[machines.count()];
    this.servers =
        IntStream.range(0, machines.count())
            .mapToObj(index -> new RealServer(index, machines, site, time))
            .toList();
  }

  ServiceRegistry registry() {
    return registry;
  }

  /** Starts and registers all of them. */
  Future<?> start() {
    return onLoop(
        () -> Future.all(eachServer().mapToObj(this::listNow).toList()).<Object>mapEmpty());
  }

  /** Lets things happen; the measured window opens at that reading of the clock. */
  Future<?> begin(long opensAt, Runnable disturbances) {
    return onLoop(
        () -> {
          opens = opensAt;
          disturbances.run();
          return Future.succeededFuture();
        });
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> action) {
    return Future.future(
        promise -> site.context().runOnContext(go -> action.get().onComplete(promise)));
  }

  private Future<?> listNow(int server) {
    String id = server + "-" + processes++;
    return servers
        .get(server)
        .listen()
        .map(port -> ServiceInstance.builder(SERVICE, "127.0.0.1", port).id(id).build())
        .compose(
            instance -> {
              listed[server] = instance;
              return Future.fromCompletionStage(registry.register(instance, LEASE));
            });
  }

  @Override
  public Machines machines() {
    return machines;
  }

  @Override
  public double now() {
    return (time.nanoTime() - opens) / SECOND;
  }

  @Override
  public void at(double seconds, Runnable action) {
    long delay = opens + (long) (seconds * SECOND) - time.nanoTime();
    site.in(delay, action);
  }

  @Override
  public void cores(int server, double cores) {
    servers.get(server).setCores(cores);
  }

  @Override
  public void speed(int server, double speed) {
    servers.get(server).setSpeed(speed);
  }

  @Override
  public void mode(int server, Mode mode) {
    servers.get(server).setMode(mode);
  }

  @Override
  public void crash(int server, Mode mode) {
    servers.get(server).crash(mode);
  }

  @Override
  public void unlist(int server) {
    ServiceInstance instance = listed[server];
    if (instance != null) {
      listed[server] = null;
      registry.deregister(instance.key(), ServiceRegistry.ANY_INCARNATION);
    }
  }

  @Override
  public void list(int server) {
    listNow(server);
  }

  @Override
  public void close() {
    onLoop(
            () -> {
              List<Future<Void>> ends = new ArrayList<>();
              servers.forEach(server -> ends.add(server.crash(Mode.REFUSING)));
              return Future.join(ends).<Object>mapEmpty();
            })
        .await();
    registry.close();
  }
}
