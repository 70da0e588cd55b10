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
 * What a registration and a renewal cost, in time and in CPU of both JVMs, and what an instance
 * costs in memory, with 10,000 and with 100,000 of them: one member, one client that writes, and
 * both mirror. CPU contains the events that both nodes hear of each write.
 */
public final class Costs {
  private static final Lease LEASE = new Lease(Duration.ofHours(1), 1);

  private Costs() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    for (int count : List.of(10_000, 100_000)) {
      try (Members members = Members.start(1);
          ServiceRegistry registry = members.client()) {
        NodeProcess member = members.node(0);
        long memberHeap = number(member.ask("heap"));
        long clientHeap = Node.heapBytes();
        String register = run(member, count, i -> registry.register(instance(i), LEASE));
        Members.until(() -> registry.services().toCompletableFuture().join().size() == 100);
        memberHeap = number(member.ask("heap")) - memberHeap;
        clientHeap = Node.heapBytes() - clientHeap;
        String renew = run(member, count, i -> registry.renew(key(i), LEASE));
        System.out.printf(
            "%d instances: registration %s; renewal %s; heap per instance: %d B on the client, %d B on"
                + " the member (its copy in the map and its mirror)%n",
            count, register, renew, clientHeap / count, memberHeap / count);
      }
    }
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

  private static String run(NodeProcess member, int count, IntFunction<CompletionStage<?>> call)
      throws IOException {
    long began = Members.TIME.nanoTime();
    long clientCpu = Node.cpuNanos();
    long memberCpu = number(member.ask("cpu"));
    int failed = Members.all(count, call);
    double micros = (Members.TIME.nanoTime() - began) / 1e3 / count;
    return "%.1f us (CPU: client %.1f us, member %.1f us; made again %d)"
        .formatted(
            micros,
            (Node.cpuNanos() - clientCpu) / 1e3 / count,
            (number(member.ask("cpu")) - memberCpu) / 1e3 / count,
            failed);
  }

  private static long number(String answer) {
    return Long.parseLong(answer.substring(answer.indexOf(' ') + 1));
  }
}
