package io.evenkeel.testkit.wire;

import io.evenkeel.model.ServiceInstance;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A service of real HTTP instances on 127.0.0.1, each on a port and threads of its own, so that one
 * that misbehaves does not disturb another. Register its {@link #instances()} where the test's
 * registry is, and tell each {@link FakeInstance} how to behave while requests run.
 *
 * <p>Threads are daemons, one for each request under way, and are gone when {@link #close()}
 * returns. Safe from any thread. Sets the system property {@code sun.net.httpserver.nodelay}, if it
 * is not set, before it first uses the JDK's HTTP server.
 */
public final class FakeCluster implements AutoCloseable {
  private final String service;
  private final List<FakeInstance> members = new CopyOnWriteArrayList<>();

  private boolean closed; // guarded by this

  private FakeCluster(String service) {
    this.service = service;
  }

  /** Starts so many instances with the ids {@code service-0}, {@code service-1} and so on. */
  public static FakeCluster of(String service, int size) {
    return start(service, Collections.nCopies(size, builder -> builder));
  }

  /**
   * Starts an instance for each customizer, which sets what the registry shall know of it: {@code
   * FakeCluster.of("orders", i -> i.weight(3), i -> i.zone("b"))}.
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is read here and handed to nobody
  public static FakeCluster of(
      String service, UnaryOperator<ServiceInstance.Builder>... customizers) {
    return start(service, List.of(customizers));
  }

  private static FakeCluster start(
      String service, List<UnaryOperator<ServiceInstance.Builder>> customizers) {
    FakeCluster cluster = new FakeCluster(service);
    try {
      customizers.forEach(cluster::add);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts one instance more. */
  public FakeInstance add() {
    return add(builder -> builder);
  }

  /** Starts one instance more, with what the registry shall know of it. */
  public synchronized FakeInstance add(UnaryOperator<ServiceInstance.Builder> customizer) {
    if (closed) {
      throw new IllegalStateException(service + ": closed (expected: an open cluster)");
    }
    FakeInstance added = FakeInstance.start(service, service + "-" + members.size(), customizer);
    members.add(added);
    return added;
  }

  /** The instance at a position, from 0, in the order they were added. */
  public FakeInstance get(int index) {
    return members.get(index);
  }

  /**
   * The instance with this id.
   *
   * @throws IllegalArgumentException when there is none
   */
  public FakeInstance get(String id) {
    return members.stream()
        .filter(member -> member.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  private IllegalArgumentException unknown(String id) {
    List<String> ids = members.stream().map(FakeInstance::id).toList();
    return new IllegalArgumentException("id: " + id + " (expected: one of " + ids + ")");
  }

  /** All instances, the killed ones included, in the order they were added. */
  public List<FakeInstance> all() {
    return List.copyOf(members);
  }

  /** What a registry should know of all instances, the killed ones included. */
  public List<ServiceInstance> instances() {
    return members.stream().map(FakeInstance::instance).toList();
  }

  /** Makes every instance as on the first day; see {@link FakeInstance#heal()}. */
  public void heal() {
    members.forEach(FakeInstance::heal);
  }

  /** Kills all instances for good, and returns when no thread of theirs is left. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    members.forEach(FakeInstance::close);
  }
}
