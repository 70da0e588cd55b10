package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel against a model that looks at every deadline at every sweep. */
class LeaseWheelTest {
  private static final Duration SWEEP = Duration.ofMillis(500);

  private final ManualTime time = ManualTime.start();
  private final InMemoryServiceRegistry registry =
      InMemoryServiceRegistry.create(
          time, InMemoryOptions.defaults().withSweepPeriod(SWEEP).withEvictionGuard(false));
  private final Map<String, Long> deadlines = new HashMap<>();
  private final Map<String, Lease> leases = new HashMap<>();
  private long incarnation;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void ends_exactly_the_leases_a_full_scan_would(long seed) {
    RandomGenerator random = Randomness.seeded(seed);
    for (int step = 0; step < 2000; step++) {
      String id = "i-" + random.nextInt(60);
      switch (random.nextInt(8)) {
        case 0, 1 -> register(id, randomTtl(random));
        case 2, 3, 4 -> renew(id);
        case 5 -> deregister(id);
        default -> sweep(1 + random.nextInt(random.nextInt(20) == 0 ? 1000 : 4));
      }
      assertEquals(deadlines.keySet(), listed(), "step " + step);
    }
  }

  /** Mostly seconds, sometimes longer than the wheel is round. */
  private static Duration randomTtl(RandomGenerator random) {
    return Duration.ofMillis(1000 + random.nextInt(random.nextInt(5) == 0 ? 900_000 : 10_000));
  }

  private void register(String id, Duration ttl) {
    Lease lease = new Lease(ttl, ++incarnation);
    Fleet.now(registry.register(instance(id), lease));
    leases.put(id, lease);
    deadlines.put(id, time.nanoTime() + ttl.toNanos());
  }

  private static ServiceInstance instance(String id) {
    return ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
  }

  private void renew(String id) {
    if (deadlines.containsKey(id)) {
      Fleet.now(registry.renew(new InstanceKey("orders", id), leases.get(id)));
      deadlines.put(id, time.nanoTime() + leases.get(id).ttl().toNanos());
    }
  }

  private void deregister(String id) {
    boolean wasThere = deadlines.remove(id) != null;
    long life = leases.containsKey(id) ? leases.get(id).incarnation() : 0;
    assertEquals(wasThere, Fleet.now(registry.deregister(new InstanceKey("orders", id), life)));
  }

  private void sweep(int times) {
    for (int i = 0; i < times; i++) {
      time.advance(SWEEP);
      deadlines.values().removeIf(deadline -> deadline <= time.nanoTime());
    }
  }

  private Set<String> listed() {
    return Fleet.now(registry.instances("orders")).instances().stream()
        .map(ServiceInstance::id)
        .collect(Collectors.toSet());
  }

  @Test
  void a_row_is_visited_once_per_ttl_however_often_it_is_renewed() {
    LeaseWheel wheel = new LeaseWheel(SWEEP.toNanos());
    Row row = new Row(new Listing("orders", Shared.of(time, InMemoryOptions.defaults())), "i-0");
    row.queuedFor = Duration.ofSeconds(30).toNanos();
    wheel.add(row);
    int[] visits = {0};
    for (long now = 0; now <= Duration.ofHours(1).toNanos(); now += SWEEP.toNanos()) {
      long renewedUntil = now + Duration.ofSeconds(30).toNanos();
      wheel.visitDue(
          now,
          due -> {
            visits[0]++;
            due.queuedFor = renewedUntil;
            wheel.place(due);
          });
    }
    assertTrue(visits[0] <= 120, visits[0] + " visits in an hour");
  }
}
