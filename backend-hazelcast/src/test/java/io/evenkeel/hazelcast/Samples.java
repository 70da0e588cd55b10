package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;

/** Registrations to test with. */
final class Samples {
  static final InstanceKey KEY = new InstanceKey("orders", "a");
  static final Duration TTL = Duration.ofSeconds(10);

  private Samples() {}

  static ServiceInstance instance(int weight) {
    return ServiceInstance.builder("orders", "10.0.0.1", 8080).id("a").weight(weight).build();
  }

  static Registration live(long incarnation, long version) {
    return Registration.of(instance(1), new Lease(TTL, incarnation), version);
  }

  static Registration live(long incarnation, long version, int weight) {
    return Registration.of(instance(weight), new Lease(TTL, incarnation), version);
  }

  static Registration dead(long incarnation, long version) {
    return Registration.tombstone(KEY, incarnation, version, Duration.ofSeconds(60));
  }
}
