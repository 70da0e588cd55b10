package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
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
}
