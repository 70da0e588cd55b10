package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PowerOfDChoicesTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return PowerOfDChoices.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Test
  void more_choices_find_the_idle_one_more_often() {
    int two = picksOfTheIdleOne(2);
    int five = picksOfTheIdleOne(5);
    assertEquals(2_000, two, 300); // 2 of 10 are drawn: 10,000 × 2 / 10; seven deviations
    assertEquals(4_096, five, 400); // 1 − 0.8 × 0.9^3 = 0.417
  }

  private static int picksOfTheIdleOne(int choices) {
    PowerOfDChoices strategy = PowerOfDChoices.create(Randomness.seeded(3), choices);
    EndpointSet set = Sets.weighing(strategy, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    for (int busy = 1; busy < 10; busy++) {
      ((TestEndpoint) set.get(busy)).begin();
    }
    return Sets.counts(strategy.newPicker(set, null), 10, 10_000)[0];
  }

  @Test
  void refuses_one_choice() {
    assertThrows(
        IllegalArgumentException.class, () -> PowerOfDChoices.create(Randomness.perThread(), 1));
  }
}
