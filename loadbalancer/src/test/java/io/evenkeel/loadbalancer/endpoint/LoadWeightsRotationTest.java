package io.evenkeel.loadbalancer.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.load.LoadWeightOptions;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What instances report of their load reaches their shares, with a strategy that ignores it. */
class LoadWeightsRotationTest {
  private static final int PICKS = 20_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualTime time = ManualTime.start();

  private Rotation rotation(LoadWeightOptions load) {
    RotationOptions options = RotationOptions.of(RoundRobin.startingAt(0)).withLoad(load);
    Rotation rotation = Rotation.over(options, time, Randomness.seeded(1), () -> {});
    rotation.accept(Instances.upTo(3));
    time.runDue();
    return rotation;
  }

  /** The first one is half used, the others a quarter, at the same rate, for some seconds. */
  private void report(Rotation rotation, int seconds) {
    for (int second = 0; second < seconds; second++) {
      double used = 0.5;
      for (Endpoint endpoint : rotation.inRotation().toArray()) {
        ((LiveEndpoint) endpoint).report(new LoadReport(used, 100, 0, 0, 0));
        used = 0.25;
      }
      time.advance(SECOND);
    }
  }

  private static Map<String, Double> shares(Rotation rotation) {
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < PICKS; i++) {
      String id = rotation.pick(PickContext.NONE).instance().id();
      shares.merge(id, 1.0 / PICKS, Double::sum);
    }
    return shares;
  }

  private static void assertShares(double first, double second, Rotation rotation) {
    Map<String, Double> shares = shares(rotation);
    assertEquals(first, shares.get("i1"), 0.02, shares.toString());
    assertEquals(second, shares.get("i2"), 0.02, shares.toString());
  }

  @Test
  void who_is_used_twice_as_much_gets_half_as_much() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    report(rotation, 12);
    assertShares(0.2, 0.4, rotation);
  }

  @Test
  void during_the_first_ten_seconds_no_report_is_believed() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    report(rotation, 9);
    assertShares(1 / 3.0, 1 / 3.0, rotation);
  }

  @Test
  void unless_asked_for_reports_change_nothing() {
    Rotation rotation = rotation(LoadWeightOptions.off());
    report(rotation, 12);
    assertShares(1 / 3.0, 1 / 3.0, rotation);
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void when_reports_stop_shares_are_even_again_after_three_minutes() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    report(rotation, 12);
    time.advance(Duration.ofSeconds(178));
    assertShares(0.2, 0.4, rotation);
    time.advance(Duration.ofSeconds(3));
    assertShares(1 / 3.0, 1 / 3.0, rotation);
  }

  @Test
  void shares_hold_while_another_is_ejected() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    report(rotation, 12);
    LiveEndpoint third = (LiveEndpoint) rotation.inRotation().get(2);
    third.end(third.begin(), Outcome.unreachable(new ConnectException()));
    time.runDue();
    assertShares(1 / 3.0, 2 / 3.0, rotation);
  }

  @Test
  void who_weighs_twice_as_much_and_serves_the_same_counts_half() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    ServiceInstance heavy = Instances.instance(3).toBuilder().weight(2).build();
    rotation.accept(List.of(Instances.instance(1), Instances.instance(2), heavy));
    time.runDue();
    report(rotation, 12);
    LiveEndpoint second = (LiveEndpoint) rotation.inRotation().get(1);
    LiveEndpoint third = (LiveEndpoint) rotation.inRotation().get(2);
    assertEquals(0.5, third.factor() / second.factor(), 0.001);
  }

  @Test
  void after_close_no_timer_is_left() {
    Rotation rotation = rotation(LoadWeightOptions.on());
    report(rotation, 2);
    rotation.close();
    assertEquals(0, time.pendingTasks());
  }
}
