package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.ScriptedRandom;
import io.evenkeel.testkit.Share;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RandomChoiceTest extends BalancingStrategyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return RandomChoice.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Test
  void the_range_of_a_draw_is_divided_evenly() {
    ScriptedRandom draws = ScriptedRandom.of(0, 0x5555_5555, 0x5555_5556, 0xaaaa_aaaa, -1);
    RandomChoice strategy = RandomChoice.create(draws);
    Picker picker = strategy.newPicker(Sets.weighing(strategy, 1, 1, 1), null);
    assertArrayEquals(new int[] {0, 0, 1, 1, 2}, Sets.picks(picker, 5));
  }
}
