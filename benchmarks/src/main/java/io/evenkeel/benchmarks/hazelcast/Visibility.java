package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.benchmarks.registry.Latencies;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;

/**
 * From the call that registers in one JVM, on a client, to the listener in another JVM, on a member
 * that may not hold the key.
 */
public final class Visibility {
  private static final int ROUNDS = 1_500;
  private static final int WARM_UP = 200;

  private Visibility() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    try (Members members = Members.start(2);
        ServiceRegistry registry = members.client()) {
      members.node(1).ask("watch");
      Latencies latencies = new Latencies(ROUNDS);
      int failed = 0;
      for (int i = 0; i < ROUNDS + WARM_UP; i++) {
        ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("v" + i).build();
        long began = Members.TIME.nanoTime();
        failed += Members.all(1, k -> registry.register(one, new Lease(Duration.ofMinutes(5), 1)));
        String[] seen = members.node(1).readSeen().split(" ", -1);
        if (!seen[1].equals(one.id())) {
          throw new IllegalStateException(seen[1] + " (expected: " + one.id() + ")");
        }
        if (i >= WARM_UP) {
          latencies.add(Long.parseLong(seen[2]) - began);
        }
      }
      Verdict.print(
          latencies.millis(0.99) <= 500,
          "visibility, client in one JVM to watcher in another: "
              + latencies
              + ", made again "
              + failed,
          "p99 <= 500 ms");
    }
  }
}
