package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A cluster of members on loopback, each in a JVM of its own, and clients of it in this one. */
final class Members implements AutoCloseable {
  private static final int AT_ONCE = 128;

  static final TimeSource TIME = TimeSource.system();

  private final String cluster = "experiment-" + ProcessHandle.current().pid();
  private final List<String> addresses = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();

  private Members() {}

  /** Starts so many, one after the other, the first one with the given options of its JVM. */
  static Members start(int count, String... firstJvm) throws IOException {
    Members members = new Members();
    List<ServerSocket> holders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      holders.add(holder);
      members.addresses.add("127.0.0.1:" + holder.getLocalPort());
    }
    for (ServerSocket holder : holders) {
      holder.close();
    }
    for (int i = 0; i < count; i++) {
      members.nodes.add(members.launch(i, i == 0 ? firstJvm : new String[0]).ready());
    }
    return members;
  }

  private NodeProcess launch(int index, String... jvm) throws IOException {
    String uri =
        "hazelcast-member://%s?cluster=%s&members=%s"
            .formatted(addresses.get(index), cluster, String.join(",", addresses));
    return NodeProcess.start(uri, List.of(), jvm);
  }

  NodeProcess node(int index) {
    return nodes.get(index);
  }

  /** Lets one leave, and starts it again where it was. */
  void restart(int index) throws IOException {
    nodes.get(index).close();
    nodes.set(index, launch(index).ready());
  }

  /** A client in a JVM of its own. */
  NodeProcess clientProcess() throws IOException {
    NodeProcess client = NodeProcess.start(clientUri(), List.of()).ready();
    nodes.add(client); // ends with the others
    return client;
  }

  private String clientUri() {
    return "hazelcast://" + String.join(",", addresses) + "?cluster=" + cluster;
  }

  /** A client in this JVM that has read the map. */
  ServiceRegistry client() {
    ServiceRegistry registry = newClient();
    until(() -> size(registry) >= 0);
    return registry;
  }

  /** A client in this JVM that may not have. */
  ServiceRegistry newClient() {
    return Registries.connect(clientUri());
  }

  /** How many a registry lists; -1 when it does not answer. */
  static int size(ServiceRegistry registry) {
    try {
      return registry.instances("orders").toCompletableFuture().join().instances().size();
    } catch (CompletionException unavailable) {
      return -1;
    }
  }

  /** Makes so many calls, some at a time, each again until it succeeds; answers how many failed. */
  static int all(int count, IntFunction<CompletionStage<?>> call) {
    int failed = 0;
    List<Integer> open = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    while (!open.isEmpty()) {
      List<Integer> batch = List.copyOf(open.subList(0, Math.min(AT_ONCE, open.size())));
      List<CompletableFuture<Boolean>> ended = new ArrayList<>();
      for (int index : batch) {
        ended.add(call.apply(index).handle((value, error) -> error == null).toCompletableFuture());
      }
      open.subList(0, batch.size()).clear();
      for (int i = 0; i < batch.size(); i++) {
        if (!ended.get(i).join()) {
          open.add(batch.get(i));
          failed++;
        }
      }
    }
    return failed;
  }

  static void until(BooleanSupplier condition) {
    long end = TIME.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      if (TIME.nanoTime() > end) {
        throw new IllegalStateException("not within 2 min");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  static double millisSince(long began) {
    return (TIME.nanoTime() - began) / 1e6;
  }

  @Override
  public void close() {
    nodes.forEach(NodeProcess::kill);
  }
}
