package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.Allocation;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrequalTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return Prequal.create(random, ManualTime.start());
  }

  @Override
  public Share share() {
    return Share.NONE;
  }

  private final ManualTime time = ManualTime.start();
  private final Prequal strategy = Prequal.create(Randomness.seeded(1), time);

  private static void report(EndpointSet set, int index, double inFlight, int millis) {
    set.get(index)
        .tracker()
        .report(new LoadReport(Double.NaN, Double.NaN, Double.NaN, inFlight, millis * 1e6));
  }

  private int pickOne(Picker picker) {
    return Sets.picks(picker, 1)[0];
  }

  @Test
  void of_the_cold_the_fastest_is_picked() {
    EndpointSet set = Sets.alike(strategy, 4);
    Picker picker = strategy.newPicker(set, null);
    report(set, 0, 2, 30);
    report(set, 1, 2, 10);
    report(set, 2, 2, 20);
    report(set, 3, 3, 40);
    assertEquals(1, pickOne(picker));
  }

  @Test
  void the_hot_are_avoided_however_fast() {
    EndpointSet set = Sets.alike(strategy, 10);
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 10; i++) {
      report(set, i, i == 4 ? 50 : 5, i == 4 ? 1 : 20 + i);
    }
    report(set, 5, 6, 90);
    report(set, 6, 6, 90); // two of twelve are above what four of five have
    assertEquals(0, Sets.counts(picker, 10, 3)[4]);
  }

  @Test
  void when_all_are_hot_the_one_with_least_to_do_is_picked() {
    PrequalOptions all = new PrequalOptions(16, Duration.ofSeconds(1), 0);
    Prequal byInFlight = Prequal.create(Randomness.seeded(1), time, all);
    EndpointSet set = Sets.alike(byInFlight, 4);
    Picker picker = byInFlight.newPicker(set, null);
    report(set, 0, 1, 90); // sets the mark, and goes
    set.get(0).tracker().end(0, Outcome.failure(null));
    report(set, 1, 7, 1);
    report(set, 2, 5, 50);
    report(set, 3, 9, 2);
    assertEquals(2, pickOne(picker));
  }

  @Test
  void a_report_that_came_with_an_answer_is_used_once() {
    EndpointSet set = Sets.alike(strategy, 4);
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 4; i++) {
      report(set, i, 3, 10 + i);
    }
    assertArrayEquals(new int[] {0, 1, 2}, Sets.picks(picker, 3));
  }

  @Test
  void where_probes_bring_many_reports_each_is_used_again_and_the_worst_make_room() {
    EndpointSet set = Sets.alike(strategy, 100);
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 3_200; i++) {
      report(set, i % 100, i % 4 == 0 ? 9 : 3, 10 + i % 100);
      if (i % 2 == 0) {
        Sets.picked(picker).begin().end(Outcome.success());
      }
    }
    report(set, 0, 3, 10);
    assertArrayEquals(new int[] {0, 0}, Sets.picks(picker, 2));
  }

  @Test
  void each_use_counts_as_one_more_in_flight() {
    ReportedFleet fleet =
        new ReportedFleet(Randomness.seeded(1), new CoarseClock(time), PrequalOptions.defaults());
    Probe fast = new Probe(new ReportedLoad(fleet), 3, 10, 0, 2);
    Probe slow = new Probe(new ReportedLoad(fleet), 3, 20, 0, 2);
    assertTrue(fast.isBetterThan(slow, 3));
    assertTrue(fast.use());
    assertTrue(slow.isBetterThan(fast, 3)); // hot now
    assertFalse(fast.use());
  }

  @Test
  void a_report_counts_for_a_second() {
    EndpointSet set = Sets.alike(strategy, 2);
    Picker picker = strategy.newPicker(set, null);
    report(set, 0, 0, 10);
    report(set, 1, 9, 90);
    ((TestEndpoint) set.get(0)).begin();
    time.advance(Duration.ofMillis(1_001));
    report(set, 1, 9, 90);
    assertEquals(100, Sets.counts(picker, 2, 100)[1]); // by its own count of those in flight
  }

  @Test
  void an_endpoint_that_fails_and_says_it_is_idle_is_not_believed() {
    EndpointSet set = Sets.alike(strategy, 5);
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 5; i++) {
      report(set, i, 5, 50 + i);
      ((TestEndpoint) set.get(i)).begin().end(Outcome.success());
    }
    ((TestEndpoint) set.get(3)).begin(2).end(Outcome.failure(null)).end(Outcome.failure(null));
    report(set, 3, 0, 1);
    assertEquals(0, pickOne(picker)); // the fastest of the others, though the failing one is idle
  }

  @Test
  void a_report_without_requests_in_flight_says_nothing() {
    EndpointSet set = Sets.alike(strategy, 2);
    Picker picker = strategy.newPicker(set, null);
    report(set, 0, Double.NaN, 1);
    report(set, 1, Double.NaN, 2);
    int[] counts = Sets.counts(picker, 2, 100);
    assertTrue(counts[0] > 20 && counts[1] > 20, counts[0] + " and " + counts[1]);
  }

  @Test
  void an_endpoint_that_left_is_not_picked() {
    EndpointSet set = Sets.alike(strategy, 5);
    strategy.newPicker(set, null);
    for (int i = 0; i < 5; i++) {
      report(set, i, i, 10 + i);
    }
    EndpointSet left = EndpointSet.of(List.of(set.toArray()), new double[] {0, 1, 1, 1, 1});
    assertEquals(0, Sets.counts(strategy.newPicker(left, null), 5, 100)[0]);
  }

  @Test
  void a_picker_for_some_leaves_the_others_theirs() {
    EndpointSet set = Sets.alike(strategy, 5);
    Picker all = strategy.newPicker(set, null);
    for (int i = 0; i < 5; i++) {
      report(set, i, 3, 10 + i);
    }
    EndpointSet some = EndpointSet.of(List.of(set.toArray()), new double[] {0, 0, 1, 1, 1});
    assertEquals(2, pickOne(strategy.newPartialPicker(some, null)));
    assertEquals(0, pickOne(all));
  }

  @Test
  void a_pick_by_reports_allocates_nothing() {
    EndpointSet set = Sets.alike(strategy, 10);
    Picker picker = strategy.newPicker(set, null);
    LoadReport report = new LoadReport(Double.NaN, Double.NaN, Double.NaN, 3, 1e6);
    long withReports =
        Allocation.least(
            () -> {
              set.get(1).tracker().report(report);
              set.get(2).tracker().report(report);
            });
    long withPicks =
        Allocation.least(
            () -> {
              set.get(1).tracker().report(report);
              set.get(2).tracker().report(report);
              picker.pick(PickContext.NONE);
            });
    assertEquals(withReports, withPicks);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void options_have_bounds(double hot) {
    assertThrows(
        IllegalArgumentException.class, () -> new PrequalOptions(16, Duration.ofSeconds(1), hot));
  }

  @Test
  void a_report_counts_for_a_day_at_most() {
    assertThrows(IllegalArgumentException.class, () -> Strategies.named("prequal?max-age=25h"));
    assertThrows(
        IllegalArgumentException.class, () -> Strategies.named("prequal?max-age=999999999h"));
  }
}
