package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Instances {@code i-0}, {@code i-1}, … of one service, all with one lease. */
final class Fleet {
  final ServiceRegistry registry;
  private final String service;
  private final Lease lease;

  Fleet(ServiceRegistry registry, String service, Duration ttl) {
    this.registry = registry;
    this.service = service;
    this.lease = new Lease(ttl, 1);
  }

  Fleet register(int from, int to) {
    for (int i = from; i < to; i++) {
      now(registry.register(instance(i), lease));
    }
    return this;
  }

  ServiceInstance instance(int number) {
    return ServiceInstance.builder(service, "10.0.0.1", 8080).id("i-" + number).build();
  }

  List<ServiceInstance> instances(int from, int to) {
    return IntStream.range(from, to).mapToObj(this::instance).toList();
  }

  void renew(int from, int to) {
    for (int i = from; i < to; i++) {
      Renewal renewal = now(registry.renew(key(i), lease));
      if (renewal != Renewal.RENEWED) {
        throw new AssertionError(key(i) + ": " + renewal);
      }
    }
  }

  InstanceKey key(int number) {
    return new InstanceKey(service, "i-" + number);
  }

  int size() {
    return now(registry.instances(service)).instances().size();
  }

  /** The value of a stage that is complete, as all of this registry's are. */
  static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
