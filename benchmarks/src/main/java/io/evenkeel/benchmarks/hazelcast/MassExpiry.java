package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 5,000 leases of 15 s, registered as fast as it goes and never renewed: when has every watcher, on
 * clients in this JVM and on members in theirs, heard that all are gone?
 */
public final class MassExpiry {
  private static final int COUNT = 5_000;
  private static final Duration TTL = Duration.ofSeconds(15);

  private MassExpiry() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    try (Members members = Members.start(2);
        ServiceRegistry registry = members.client();
        ServiceRegistry other = members.client()) {
      AtomicInteger listed = watch(registry);
      AtomicInteger listedByOther = watch(other);
      Members.all(COUNT, i -> register(registry, i));
      long registered = Members.TIME.nanoTime();
      Members.until(() -> listed.get() == COUNT && listedByOther.get() == COUNT);
      Members.until(() -> listed.get() == 0);
      double here = Members.millisSince(registered);
      Members.until(() -> listedByOther.get() == 0);
      double there = Members.millisSince(registered);
      Members.until(() -> gone(members, 0) && gone(members, 1));
      double onMembers = Members.millisSince(registered);
      System.out.printf(
          "mass expiry, %d leases of %s: after the last registration all are gone for the client"
              + " that registered in %.0f ms, for another client in %.0f ms, for both members in"
              + " %.0f ms (TTL + 3 s = 18000)%n",
          COUNT, TTL, here, there, onMembers);
    }
  }

  private static AtomicInteger watch(ServiceRegistry registry) {
    AtomicInteger listed = new AtomicInteger();
    registry.watch("orders", snapshot -> listed.set(snapshot.instances().size()));
    return listed;
  }

  private static CompletionStage<Lease> register(ServiceRegistry registry, int i) {
    ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("m" + i).build();
    return registry.register(one, new Lease(TTL, 1));
  }

  private static boolean gone(Members members, int index) {
    try {
      return members.node(index).ask("list").contains(" 0 ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
