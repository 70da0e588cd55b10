package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.ScriptedRandom;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class WeightedRandomTest extends BalancingStrategyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return WeightedRandom.create(random);
  }

  @Override
  public Share share() {
    return Share.WEIGHTED_ON_AVERAGE;
  }

  @Test
  void the_table_gives_each_weight_its_exact_share_of_all_draws() {
    double[] weights = {5, 1, 3, 1, 2, 0.25, 40};
    int draws = 7 * 4_096; // 4,096 evenly spread in each of 7 columns
    long[] all = LongStream.range(0, draws).map(i -> evenly(i / 4_096, i % 4_096)).toArray();
    WeightedRandom strategy = WeightedRandom.create(ScriptedRandom.of(all));
    Picker picker = strategy.newPicker(Sets.weighing(strategy, weights), null);
    int[] counts = Sets.counts(picker, 7, draws);
    for (int i = 0; i < 7; i++) {
      assertEquals(weights[i] / 52.25, counts[i] / (double) draws, 7.0 / draws, "share of " + i);
    }
  }

  private static long evenly(long column, long step) {
    long high = (column * 2 + 1) * (1L << 31) / 7;
    return (high << 32) | (step << 20);
  }

  @Test
  void weights_at_the_ends_of_the_range_do_no_harm() {
    WeightedRandom strategy = WeightedRandom.create(Randomness.seeded(1));
    double max = Double.MAX_VALUE;
    Picker picker = strategy.newPicker(Sets.weighing(strategy, max, Double.MIN_VALUE, max), null);
    assertEquals(0, Sets.counts(picker, 3, 1_000)[1]);
  }
}
