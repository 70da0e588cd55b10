package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 5,000 instances that every node lists are renewed once more, as fast as it goes, with a lease of
 * 15 s: when has every watcher, on clients in this JVM and on members in theirs, heard that all are
 * gone? No JVM has a special option.
 */
public final class MassExpiry {
  private static final int COUNT = 5_000;
  private static final Duration TTL = Duration.ofSeconds(15);
  private static final double BOUND = TTL.plusSeconds(3).toMillis();

  private MassExpiry() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    try (Members members = Members.start(2);
        ServiceRegistry registry = members.client();
        ServiceRegistry other = members.client()) {
      AtomicInteger listed = watch(registry);
      AtomicInteger listedByOther = watch(other);
      Members.all(COUNT, i -> register(registry, i));
      Members.until(() -> listed.get() == COUNT && listedByOther.get() == COUNT);
      Members.until(() -> lists(members, 0, COUNT) && lists(members, 1, COUNT));
      long began = Members.TIME.nanoTime();
      Members.all(COUNT, i -> registry.renew(key(i), new Lease(TTL, 1)));
      double spread = Members.millisSince(began);
      long renewed = Members.TIME.nanoTime();
      Members.until(() -> listed.get() == 0);
      double here = Members.millisSince(renewed);
      Members.until(() -> listedByOther.get() == 0);
      double there = Members.millisSince(renewed);
      Members.until(() -> lists(members, 0, 0) && lists(members, 1, 0));
      double onMembers = Members.millisSince(renewed);
      Verdict.print(
          Math.max(Math.max(here, there), onMembers) <= BOUND,
          String.format(
              "mass expiry, %d leases of %s, renewed within %.0f ms: after the last renewal all are"
                  + " gone for the client that renewed in %.0f ms, for another client in %.0f ms,"
                  + " for both members in %.0f ms",
              COUNT, TTL, spread, here, there, onMembers),
          "<= 18000 ms each");
    }
  }

  private static AtomicInteger watch(ServiceRegistry registry) {
    AtomicInteger listed = new AtomicInteger();
    registry.watch("orders", snapshot -> listed.set(snapshot.instances().size()));
    return listed;
  }

  private static CompletionStage<Lease> register(ServiceRegistry registry, int i) {
    ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("m" + i).build();
    return registry.register(one, new Lease(Duration.ofMinutes(5), 1));
  }

  private static InstanceKey key(int i) {
    return new InstanceKey("orders", "m" + i);
  }

  private static boolean lists(Members members, int index, int count) {
    return members.node(index).askQuietly("list").contains(" " + count + " ");
  }
}
