package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class AdaptiveTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return Adaptive.create(random, ManualTime.start());
  }

  @Override
  public Share share() {
    return Share.NONE;
  }

  private final ManualTime time = ManualTime.start();
  private final Adaptive strategy = Adaptive.create(Randomness.seeded(1), time);

  private EndpointSet fleet(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    return Sets.weighing(strategy, weights);
  }

  private void answer(EndpointSet set, int index, int millis, Outcome outcome) {
    TestEndpoint endpoint = ((TestEndpoint) set.get(index)).begin();
    time.advance(Duration.ofMillis(millis));
    endpoint.end(outcome);
  }

  @Test
  void the_fast_one_is_found_again_among_a_thousand() {
    EndpointSet set = fleet(1_000);
    for (int i = 0; i < 1_000; i++) {
      answer(set, i, i == 7 ? 1 : 100, Outcome.success());
    }
    answer(set, 7, 1, Outcome.success());
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 1_000, 100)[7]);
  }

  @Test
  void a_newcomer_starts_as_average_not_as_best() {
    EndpointSet set = fleet(3);
    for (int i = 0; i < 50; i++) {
      answer(set, 0, 10, Outcome.success());
      answer(set, 1, 100, Outcome.success());
    }
    int[] counts = Sets.counts(strategy.newPicker(set, null), 3, 300);
    assertEquals(0, counts[1]);
    assertTrue(counts[0] > counts[2], counts[0] + " and " + counts[2]);
  }

  @Test
  void a_fast_failure_repels() {
    EndpointSet set = fleet(3);
    for (int i = 0; i < 20; i++) {
      answer(set, 0, 50, Outcome.success());
      answer(set, 1, 50, Outcome.success());
      answer(set, 2, 1, Outcome.failure(null));
    }
    assertEquals(0, Sets.counts(strategy.newPicker(set, null), 3, 300)[2]);
  }

  @Test
  void one_outlier_is_forgiven_and_a_gray_endpoint_is_not() {
    EndpointSet set = fleet(2);
    for (int i = 0; i < 50; i++) {
      answer(set, 0, 10, Outcome.success());
      answer(set, 1, 12, Outcome.success());
    }
    answer(set, 0, 400, Outcome.success());
    Picker picker = strategy.newPicker(set, null);
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
    answer(set, 0, 400, Outcome.success());
    answer(set, 0, 400, Outcome.success());
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
  }

  @Test
  void an_endpoint_that_left_is_not_remembered() {
    EndpointSet set = fleet(20);
    for (int i = 0; i < 20; i++) {
      answer(set, i, i == 3 ? 1 : 100, Outcome.success());
    }
    double[] without = set.weights();
    without[3] = 0;
    EndpointSet left = EndpointSet.of(List.of(set.toArray()), without);
    assertEquals(0, Sets.counts(strategy.newPicker(left, null), 20, 1_000)[3]);
  }

  @Test
  void a_picker_of_some_remembers_them_too_and_no_others() {
    EndpointSet set = fleet(1_000);
    for (int i = 0; i < 1_000; i++) {
      answer(set, i, i == 7 || i == 900 ? 1 : 100, Outcome.success());
    }
    answer(set, 7, 1, Outcome.success());
    answer(set, 900, 1, Outcome.success());
    Picker whole = strategy.newPicker(set, null);
    double[] some = new double[1_000];
    Arrays.fill(some, 0, 500, 1);
    EndpointSet half = EndpointSet.of(List.of(set.toArray()), some);
    assertEquals(100, Sets.counts(strategy.newPartialPicker(half, null), 1_000, 100)[7]);
    ((TestEndpoint) set.get(7)).begin(5);
    assertEquals(100, Sets.counts(whole, 1_000, 100)[900]);
  }
}
