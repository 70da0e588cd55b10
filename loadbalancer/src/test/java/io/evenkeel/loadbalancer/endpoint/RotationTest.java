package io.evenkeel.loadbalancer.endpoint;

import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RotationTest {
  private final ManualTime time = ManualTime.start();
  private final InTurn strategy = new InTurn();
  private final AtomicInteger published = new AtomicInteger();
  private final Rotation rotation = rotation(EjectionOptions.defaults());

  @Test
  void before_the_first_list_nobody_is_picked() {
    assertNull(rotation.pick(PickContext.NONE));
    assertNull(rotation.pickOther(PickContext.NONE, null, new LiveEndpoint[1], 0));
    assertEquals(0, rotation.inRotation().size());
    assertFalse(rotation.isPublished());
  }

  @Test
  void an_empty_list_is_published_too() {
    show(List.of());
    assertTrue(rotation.isPublished());
    assertEquals(1, published.get());
    assertNull(rotation.pick(PickContext.NONE));
    assertNull(rotation.pickOther(PickContext.NONE, null, new LiveEndpoint[1], 0));
  }

  @Test
  void only_those_that_are_up_and_weigh_something_are_in_rotation() {
    show(
        List.of(
            instance(1).withStatus(InstanceStatus.STARTING),
            instance(2).withStatus(InstanceStatus.UP),
            instance(3).withStatus(InstanceStatus.DRAINING),
            instance(4).withStatus(InstanceStatus.DOWN),
            instance(5).withStatus(InstanceStatus.OUT_OF_SERVICE),
            weighing(6, 0)));
    assertEquals(List.of("i2"), ids());
  }

  @Test
  void weights_reach_the_strategy() {
    show(List.of(weighing(1, 3), weighing(2, 0), weighing(3, 65_535)));
    assertArrayEquals(new double[] {3, 65_535}, strategy.latest().weights());
    assertArrayEquals(new double[] {3, 65_535}, rotation.inRotation().weights());
  }

  @Test
  void one_taken_out_and_put_back_is_the_same_endpoint_at_its_place() {
    show(upTo(3));
    Endpoint second = rotation.inRotation().get(1);
    show(List.of(instance(1), weighing(2, 0), instance(3)));
    assertEquals(List.of("i1", "i3"), ids());
    show(upTo(3));
    assertSame(second, rotation.inRotation().get(1));
  }

  @Test
  void five_failures_in_a_row_eject_and_time_lets_back_in() {
    show(upTo(3));
    fail(0, 4);
    assertEquals(3, ids().size());
    fail(0, 1);
    assertEquals(List.of("i2", "i3"), ids());
    time.advance(Duration.ofMillis(29_999));
    assertEquals(List.of("i2", "i3"), ids());
    time.advance(Duration.ofSeconds(4));
    assertEquals(List.of("i1", "i2", "i3"), ids());
  }

  @Test
  void one_that_cannot_be_reached_is_out_with_the_next_pick() {
    show(upTo(3));
    end(0, Outcome.unreachable(new ConnectException()));
    time.runDue();
    assertEquals(List.of("i2", "i3"), ids());
  }

  @Test
  void one_that_left_while_it_was_out_and_came_back_is_let_back_in() {
    show(upTo(3));
    LiveEndpoint third = (LiveEndpoint) rotation.inRotation().get(2);
    third.begin(); // so that it is remembered
    end(2, Outcome.unreachable(new ConnectException()));
    time.runDue();
    show(upTo(2));
    show(upTo(3));
    assertEquals(List.of("i1", "i2"), ids());
    time.advance(Duration.ofSeconds(34));
    assertEquals(List.of("i1", "i2", "i3"), ids());
  }

  @Test
  void an_update_of_the_list_does_not_bring_the_ejected_back() {
    show(upTo(3));
    fail(0, 5);
    show(upTo(4));
    assertEquals(List.of("i2", "i3", "i4"), ids());
  }

  @Test
  void one_failure_on_trial_ejects_again_for_longer() {
    show(upTo(3));
    fail(0, 5);
    time.advance(Duration.ofSeconds(33));
    fail(0, 1);
    time.advance(Duration.ofSeconds(59));
    assertEquals(List.of("i2", "i3"), ids());
    time.advance(Duration.ofSeconds(7));
    assertEquals(3, ids().size());
  }

  @Test
  void the_cap_leaves_the_other_failing_ones_in_rotation() {
    show(upTo(20));
    for (int i = 0; i < 10; i++) {
      end(i, Outcome.unreachable(new ConnectException()));
    }
    time.runDue();
    assertEquals(18, ids().size());
  }

  @Test
  void below_half_health_is_not_believed_and_all_that_are_up_take_traffic() {
    Rotation brave = rotation(EjectionOptions.defaults().withMaxShare(1));
    brave.accept(List.of(instance(1), instance(2), instance(3), instance(4), weighing(5, 0)));
    time.runDue();
    Endpoint[] all = brave.inRotation().toArray();
    unreachable(all[0], all[1]);
    assertEquals(2, brave.inRotation().size());
    unreachable(all[2]);
    assertEquals(4, brave.inRotation().size());
  }

  @Test
  void the_only_endpoint_stays_whatever_it_does() {
    show(upTo(1));
    fail(0, 50);
    assertEquals(List.of("i1"), ids());
  }

  @Test
  void failures_that_change_nothing_make_no_new_pickers() {
    show(upTo(2));
    unreachable(rotation.inRotation().toArray());
    int pickers = strategy.pickers();
    fail(0, 100);
    assertEquals(pickers, strategy.pickers());
  }

  @Test
  void several_changes_while_a_refresh_is_pending_make_one() {
    for (int i = 1; i <= 10; i++) {
      rotation.accept(upTo(i));
    }
    time.runDue();
    assertEquals(1, strategy.pickers());
    assertEquals(1, published.get());
    assertEquals(10, ids().size());
  }

  @Test
  void what_was_tried_is_not_picked_again_while_another_is_there() {
    show(upTo(5));
    LiveEndpoint[] tried = new LiveEndpoint[5];
    for (int n = 0; n < 5; n++) {
      tried[n] = rotation.pickOther(PickContext.NONE, null, tried, n);
    }
    assertEquals(5, new HashSet<>(Arrays.asList(tried)).size());
    assertTrue(Arrays.asList(tried).contains(rotation.pickOther(PickContext.NONE, null, tried, 5)));
  }

  @Test
  void the_other_is_found_though_the_strategy_insists() {
    Rotation stubborn =
        Rotation.over(RotationOptions.of(new Stubborn()), time, Randomness.seeded(1), () -> {});
    stubborn.accept(upTo(3));
    time.runDue();
    LiveEndpoint favourite = stubborn.pick(PickContext.NONE);
    LiveEndpoint[] tried = {favourite};
    assertNotSame(favourite, stubborn.pickOther(PickContext.NONE, null, tried, 1));
  }

  @Test
  void after_close_nothing_is_published_and_no_timer_is_left() {
    show(upTo(3));
    fail(0, 5);
    rotation.accept(upTo(2));
    rotation.close();
    time.runDue();
    assertEquals(List.of("i2", "i3"), ids());
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void ten_thousand_endpoints_change_one_at_a_time_while_two_threads_pick() throws Exception {
    List<ServiceInstance> list = new ArrayList<>(upTo(10_000));
    list.set(77, weighing(78, 0));
    show(list);
    Endpoint[] first = rotation.inRotation().toArray();
    PickingThread one = PickingThread.on(rotation);
    PickingThread two = PickingThread.on(rotation);
    for (int change = 0; change < 200; change++) {
      int n = 100 + change * 49;
      list.set(n, weighing(n + 1, 2 + change % 3));
      show(List.copyOf(list));
    }
    one.finish();
    two.finish();
    assertEquals(List.of(), one.complaints());
    assertEquals(List.of(), two.complaints());
    assertArrayEquals(first, rotation.inRotation().toArray());
    long counted =
        Arrays.stream(first).mapToLong(e -> ((InTurn.Counted) e.tracker()).ended()).sum();
    assertEquals(one.picks() + two.picks(), counted);
    assertTrue(Arrays.stream(first).allMatch(endpoint -> endpoint.inFlight() == 0));
  }

  private Rotation rotation(EjectionOptions ejection) {
    return Rotation.over(
        RotationOptions.of(strategy).withEjection(ejection),
        time,
        Randomness.seeded(1),
        () -> published.incrementAndGet());
  }

  private static ServiceInstance weighing(int n, int weight) {
    return instance(n).toBuilder().weight(weight).build();
  }

  private void show(List<ServiceInstance> instances) {
    rotation.accept(instances);
    time.runDue();
  }

  private void fail(int index, int times) {
    LiveEndpoint endpoint = (LiveEndpoint) rotation.inRotation().get(index);
    for (int i = 0; i < times; i++) {
      endpoint.end(endpoint.begin(), Outcome.failure(null));
      time.runDue();
    }
  }

  private void end(int index, Outcome outcome) {
    LiveEndpoint endpoint = (LiveEndpoint) rotation.inRotation().get(index);
    endpoint.end(endpoint.begin(), outcome);
  }

  private void unreachable(Endpoint... endpoints) {
    for (Endpoint each : endpoints) {
      LiveEndpoint endpoint = (LiveEndpoint) each;
      endpoint.end(endpoint.begin(), Outcome.unreachable(new ConnectException()));
    }
    time.runDue();
  }

  private List<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    for (Endpoint endpoint : rotation.inRotation().toArray()) {
      ids.add(endpoint.instance().id());
    }
    return List.copyOf(ids);
  }
}
