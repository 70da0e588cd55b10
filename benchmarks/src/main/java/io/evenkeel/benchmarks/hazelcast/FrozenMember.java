package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.benchmarks.registry.Latencies;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * SIGSTOP of one of three members for 20 s: how long do calls take, which fail, and what does
 * discovery answer meanwhile?
 */
public final class FrozenMember {
  private static final Duration FROZEN = Duration.ofSeconds(20);
  private static final Lease LEASE = new Lease(Duration.ofMinutes(5), 1);

  private final Latencies writes = new Latencies(100_000);
  private final Latencies reads = new Latencies(100_000);
  private final AtomicInteger failedWrites = new AtomicInteger();
  private int failedReads;
  private int shortLists;

  private FrozenMember() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    try (Members members = Members.start(3);
        ServiceRegistry registry = members.client()) {
      FrozenMember experiment = new FrozenMember();
      Members.all(300, i -> register(registry, i));
      members.node(0).signal("STOP");
      long began = Members.TIME.nanoTime();
      experiment.call(registry, began);
      members.node(0).signal("CONT");
      LockSupport.parkNanos(2_000_000_000);
      double slowest = Math.max(experiment.writes.millis(1), experiment.reads.millis(1));
      Verdict.print(
          slowest <= 1_000 && experiment.failedReads == 0 && experiment.shortLists == 0,
          "SIGSTOP of 1 of 3 for %s: writes %s, failed %d; reads %s, failed %d, short %d"
              .formatted(
                  FROZEN,
                  experiment.writes,
                  experiment.failedWrites.get(),
                  experiment.reads,
                  experiment.failedReads,
                  experiment.shortLists),
          "every call within 1 s, no read failed or short");
    }
  }

  private static CompletionStage<Lease> register(ServiceRegistry registry, int i) {
    return registry.register(
        ServiceInstance.builder("orders", "10.0.0.1", 80).id("f" + i).build(), LEASE);
  }

  private void call(ServiceRegistry registry, long began) {
    for (int i = 0; Members.TIME.nanoTime() - began < FROZEN.toNanos(); i++) {
      InstanceKey key = new InstanceKey("orders", "f" + i % 300);
      measure(register(registry, 1_000 + i));
      measure(registry.renew(key, LEASE));
      read(registry);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private void measure(CompletionStage<?> call) {
    long began = Members.TIME.nanoTime();
    CompletableFuture<?> ended =
        call.handle(
                (value, error) -> {
                  writes.add(Members.TIME.nanoTime() - began);
                  if (error != null) {
                    failedWrites.incrementAndGet();
                  }
                  return true;
                })
            .toCompletableFuture();
    if (ended.isCompletedExceptionally()) {
      throw new IllegalStateException("the measurement failed");
    }
  }

  private void read(ServiceRegistry registry) {
    long began = Members.TIME.nanoTime();
    try {
      int size = registry.instances("orders").toCompletableFuture().join().instances().size();
      shortLists += size < 300 ? 1 : 0;
    } catch (CompletionException unavailable) {
      failedReads++;
    }
    reads.add(Members.TIME.nanoTime() - began);
  }
}
