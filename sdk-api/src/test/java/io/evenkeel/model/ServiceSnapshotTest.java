package io.evenkeel.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceSnapshotTest {
  private static ServiceSnapshot snapshot(List<ServiceInstance> instances) {
    return new ServiceSnapshot(
        "orders", 1, instances, "test", ServiceSnapshot.Freshness.FRESH, Instant.EPOCH);
  }

  @Test
  void keeps_a_copy_of_the_list() {
    List<ServiceInstance> list = new ArrayList<>();
    ServiceSnapshot snapshot = snapshot(list);
    list.add(ServiceInstance.builder("orders", "10.0.0.1", 80).build());
    assertEquals(List.of(), snapshot.instances());
    assertThrows(UnsupportedOperationException.class, () -> snapshot.instances().clear());
  }

  @Test
  void another_freshness_keeps_the_rest() {
    ServiceSnapshot fresh = snapshot(List.of());
    ServiceSnapshot stale = fresh.withFreshness(ServiceSnapshot.Freshness.STALE);
    assertEquals(fresh, stale.withFreshness(ServiceSnapshot.Freshness.FRESH));
    assertSame(fresh, fresh.withFreshness(ServiceSnapshot.Freshness.FRESH));
  }
}
