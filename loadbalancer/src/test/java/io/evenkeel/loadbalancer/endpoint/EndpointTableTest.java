package io.evenkeel.loadbalancer.endpoint;

import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.health.EndpointHealth;
import io.evenkeel.loadbalancer.load.LoadWeightOptions;
import io.evenkeel.loadbalancer.load.LoadWeights;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.testkit.ManualTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTableTest {
  private final EndpointTable table =
      new EndpointTable(
          instance ->
              new LiveEndpoint(
                  instance,
                  new InTurn.Counted(),
                  EndpointHealth.unknown(EjectionOptions.defaults()),
                  LoadWeights.with(LoadWeightOptions.off(), ManualTime.start()).newCapacity(),
                  () -> {}));

  @Test
  void survivors_keep_the_very_same_endpoint_with_its_count_and_tracker() {
    table.reconcile(upTo(3));
    LiveEndpoint second = table.endpoints().get(1);
    second.begin();
    table.reconcile(List.of(instance(2), instance(4)));
    assertSame(second, table.endpoints().get(0));
    assertEquals(1, second.inFlight());
    assertEquals(1, ((InTurn.Counted) second.tracker()).begun());
  }

  @Test
  void a_new_payload_reaches_the_same_endpoint_on_both_ways() {
    table.reconcile(upTo(3));
    LiveEndpoint second = table.endpoints().get(1);
    table.reconcile(List.of(instance(1), heavier(2, 5), instance(3)));
    assertEquals(5, second.instance().weight());
    table.reconcile(List.of(heavier(2, 6), instance(1)));
    assertEquals(6, second.instance().weight());
  }

  @Test
  void reordering_the_list_does_not_reorder_the_endpoints() {
    table.reconcile(upTo(5));
    List<LiveEndpoint> before = List.copyOf(table.endpoints());
    List<ServiceInstance> reversed = new ArrayList<>(upTo(5));
    Collections.reverse(reversed);
    table.reconcile(reversed);
    assertEquals(before, table.endpoints());
  }

  @Test
  void newcomers_stand_behind_those_who_were_there_in_the_lists_order() {
    table.reconcile(List.of(instance(5), instance(1)));
    table.reconcile(List.of(instance(9), instance(1), instance(7), instance(5)));
    assertEquals(List.of("i5", "i1", "i9", "i7"), ids());
  }

  @Test
  void one_that_leaves_does_not_move_the_others() {
    table.reconcile(upTo(4));
    table.reconcile(List.of(instance(1), instance(3), instance(4)));
    assertEquals(List.of("i1", "i3", "i4"), ids());
  }

  @Test
  void another_address_under_the_same_id_is_a_new_endpoint() {
    table.reconcile(upTo(1));
    LiveEndpoint before = table.endpoints().get(0);
    for (ServiceInstance other :
        List.of(
            ServiceInstance.builder("orders", "10.9.9.9", 8080).id("i1").build(),
            ServiceInstance.builder("orders", "10.0.0.1", 8081).id("i1").build(),
            instance(1).toBuilder().scheme("https").build())) {
      table.reconcile(List.of(other));
      assertNotSame(before, table.endpoints().get(0));
      before = table.endpoints().get(0);
    }
  }

  @Test
  void a_leaver_without_attempts_is_forgotten() {
    table.reconcile(upTo(2));
    table.reconcile(upTo(1));
    assertEquals(List.of(), table.leavers());
  }

  @Test
  void a_leaver_with_an_attempt_in_flight_is_the_same_when_it_returns() {
    table.reconcile(upTo(2));
    LiveEndpoint leaver = table.endpoints().get(1);
    long token = leaver.begin();
    table.reconcile(upTo(1));
    assertEquals(List.of(leaver), table.leavers());
    table.reconcile(upTo(2));
    assertSame(leaver, table.endpoints().get(1));
    assertEquals(List.of(), table.leavers());
    leaver.end(token, Outcome.success());
    assertEquals(0, leaver.inFlight());
  }

  @Test
  void a_leaver_that_has_finished_is_forgotten_at_the_next_departure() {
    table.reconcile(upTo(3));
    LiveEndpoint leaver = table.endpoints().get(2);
    long token = leaver.begin();
    table.reconcile(upTo(2));
    leaver.end(token, Outcome.success());
    table.reconcile(upTo(1));
    assertEquals(List.of(), table.leavers());
  }

  @Test
  void a_process_that_moved_and_moves_back_while_busy_is_the_same() {
    table.reconcile(upTo(1));
    LiveEndpoint first = table.endpoints().get(0);
    first.begin();
    table.reconcile(List.of(ServiceInstance.builder("orders", "10.9.9.9", 8080).id("i1").build()));
    table.reconcile(upTo(1));
    assertSame(first, table.endpoints().get(0));
  }

  @Test
  void of_two_rows_with_one_id_the_last_counts() {
    table.reconcile(List.of(heavier(1, 3), instance(2), heavier(1, 4)));
    assertEquals(List.of("i1", "i2"), ids());
    assertEquals(4, table.endpoints().get(0).instance().weight());
  }

  private static ServiceInstance heavier(int n, int weight) {
    return instance(n).toBuilder().weight(weight).build();
  }

  private List<String> ids() {
    return table.endpoints().stream().map(endpoint -> endpoint.instance().id()).toList();
  }
}
