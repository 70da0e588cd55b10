package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WeightedLeastConnectionsTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return WeightedLeastConnections.create(random);
  }

  @Override
  public Share share() {
    return Share.NONE;
  }

  @Test
  void attempts_in_flight_are_in_proportion_to_the_weights() {
    WeightedLeastConnections strategy = WeightedLeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.weighing(strategy, 1, 2, 3, 0.5);
    Picker picker = strategy.newPicker(set, null);
    for (int attempt = 0; attempt < 650; attempt++) {
      Sets.picked(picker).begin();
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(100 * set.weight(i), set.get(i).inFlight(), "in flight on " + i);
    }
  }

  @Test
  void one_attempt_at_a_time_goes_to_the_heaviest() {
    WeightedLeastConnections strategy = WeightedLeastConnections.create(Randomness.seeded(1));
    Picker picker = strategy.newPicker(Sets.weighing(strategy, 1, 65_535, 2), null);
    assertEquals(1_000, Sets.counts(picker, 3, 1_000)[1]);
  }

  @Test
  void weights_at_the_ends_of_the_range_do_no_harm() {
    WeightedLeastConnections strategy = WeightedLeastConnections.create(Randomness.seeded(1));
    EndpointSet set = Sets.weighing(strategy, Double.MAX_VALUE, Double.MIN_VALUE);
    Picker picker = strategy.newPicker(set, null);
    for (int attempt = 0; attempt < 1_000; attempt++) {
      Sets.picked(picker).begin();
    }
    assertEquals(1_000, set.get(0).inFlight());
  }
}
