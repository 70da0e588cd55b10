package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/**
 * What a registration, a renewal and a watch event cost, in time and in CPU, and what an instance
 * costs in memory, with 10,000 or with 100,000 of them, in 100 services. Three JVMs: a member, a
 * client that writes, and a client that only listens, whose CPU per write is the cost of an event.
 * Every node mirrors all of them. There is no bound to keep: the figures are the result.
 */
public final class Costs {
  private static final Lease LEASE = new Lease(Duration.ofHours(1), 1);

  private final NodeProcess member;
  private final NodeProcess listener;
  private final int count;

  private Costs(NodeProcess member, NodeProcess listener, int count) {
    this.member = member;
    this.listener = listener;
    this.count = count;
  }

  /** Both sizes, or the one that is named: 10000 or 100000. */
  public static void main(String[] args) throws Exception {
    List<String> sizes = List.of("10000", "100000");
    List<String> wanted = List.of(args).stream().filter(sizes::contains).toList();
    for (String size : wanted.isEmpty() ? sizes : wanted) {
      try (Members members = Members.start(1);
          ServiceRegistry registry = members.client()) {
        NodeProcess listener = members.clientProcess();
        listener.ask("listen");
        new Costs(members.node(0), listener, Integer.parseInt(size)).measure(registry);
      }
    }
  }

  private void measure(ServiceRegistry registry) throws IOException {
    long memberHeap = number(member.ask("heap"));
    long listenerHeap = number(listener.ask("heap"));
    String register = run(i -> registry.register(instance(i), LEASE));
    Members.until(() -> heardOfAll(listener));
    memberHeap = number(member.ask("heap")) - memberHeap;
    listenerHeap = number(listener.ask("heap")) - listenerHeap;
    String renew = run(i -> registry.renew(key(i), LEASE));
    System.out.printf(
        "DONE %d instances: registration %s; renewal %s; heap per instance: %d B on a client, %d B"
            + " on the member (its copy in the map and its mirror)%n",
        count, register, renew, listenerHeap / count, memberHeap / count);
  }

  private boolean heardOfAll(NodeProcess node) {
    return node.askQuietly("heard").equals("heard " + count);
  }

  private static ServiceInstance instance(int i) {
    return ServiceInstance.builder("orders" + i % 100, "10.0.0.1", 80)
        .id("c" + i)
        .zone("zone-a")
        .version("1.2.3")
        .metadata("team", "checkout")
        .build();
  }

  private static InstanceKey key(int i) {
    return new InstanceKey("orders" + i % 100, "c" + i);
  }

  private String run(IntFunction<CompletionStage<?>> call) throws IOException {
    long began = Members.TIME.nanoTime();
    long clientCpu = Node.cpuNanos();
    long memberCpu = number(member.ask("cpu"));
    long listenerCpu = number(listener.ask("cpu"));
    int failed = Members.all(count, call);
    double micros = (Members.TIME.nanoTime() - began) / 1e3 / count;
    return "%.1f us (CPU: client %.1f us, member %.1f us, a listener per event %.1f us; made again %d)"
        .formatted(
            micros,
            (Node.cpuNanos() - clientCpu) / 1e3 / count,
            (number(member.ask("cpu")) - memberCpu) / 1e3 / count,
            (number(listener.ask("cpu")) - listenerCpu) / 1e3 / count,
            failed);
  }

  private static long number(String answer) {
    return Long.parseLong(answer.substring(answer.indexOf(' ') + 1));
  }
}
