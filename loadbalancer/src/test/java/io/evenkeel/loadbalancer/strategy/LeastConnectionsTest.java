package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LeastConnectionsTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return LeastConnections.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Test
  void attempts_in_flight_never_differ_by_more_than_one() {
    LeastConnections strategy = LeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.weighing(strategy, 9, 1, 1, 5, 1, 1, 7);
    Picker picker = strategy.newPicker(set, null);
    for (int attempt = 0; attempt < 700; attempt++) {
      assertEquals(attempt / 7 + 1, Sets.picked(picker).begin().inFlight());
    }
  }

  @Test
  void two_that_tie_among_many_share_equally() {
    LeastConnections strategy = LeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.weighing(strategy, 1, 1, 1, 1, 1, 1, 1);
    for (int busy : new int[] {0, 2, 3, 4, 6}) {
      ((TestEndpoint) set.get(busy)).begin();
    }
    int[] counts = Sets.counts(strategy.newPicker(set, null), 7, 10_000);
    assertEquals(10_000, counts[1] + counts[5]);
    assertEquals(5_000, counts[1], 300); // six deviations
  }

  @Test
  void among_a_thousand_no_pick_is_busier_than_the_least() {
    LeastConnections strategy = LeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.alike(strategy, 1_000);
    Picker picker = strategy.newPicker(set, null);
    SplittableRandom random = new SplittableRandom(2);
    for (int step = 0; step < 20_000; step++) {
      TestEndpoint picked = Sets.picked(picker);
      int least = Sets.stream(set).mapToInt(TestEndpoint::inFlight).min().orElseThrow();
      assertEquals(least, picked.inFlight());
      picked.begin();
      TestEndpoint other = (TestEndpoint) set.get(random.nextInt(1_000));
      if (other.inFlight() > 0 && random.nextInt(3) > 0) {
        other.end(Outcome.success());
      }
    }
  }

  @Test
  void those_that_tie_among_a_thousand_share_equally() {
    LeastConnections strategy = LeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.alike(strategy, 1_000);
    Picker picker = strategy.newPicker(set, null);
    Sets.stream(set)
        .filter(endpoint -> !endpoint.toString().endsWith("7"))
        .forEach(TestEndpoint::begin);
    int[] counts = Sets.counts(picker, 1_000, 100_000);
    for (int i = 7; i < 1_000; i += 10) {
      assertEquals(1_000, counts[i], 200, "picks of " + i); // six deviations
    }
  }

  @Test
  void a_list_that_grows_and_shrinks_keeps_count() {
    LeastConnections strategy = LeastConnections.create(Randomness.seeded(1));
    EndpointSet many = Sets.alike(strategy, 200);
    EndpointSet few = EndpointSet.of(List.of(many.toArray()).subList(0, 3), new double[] {1, 1, 1});
    Picker picker = null;
    for (EndpointSet set : List.of(many, few, many, few, many)) {
      picker = strategy.newPicker(set, picker);
      for (int i = 0; i < 150; i++) {
        TestEndpoint picked = Sets.picked(picker);
        assertEquals(
            Sets.stream(set).mapToInt(TestEndpoint::inFlight).min().orElseThrow(),
            picked.inFlight());
        picked.begin();
      }
    }
  }
}
