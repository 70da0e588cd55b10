package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.RotationContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SmoothWeightedRoundRobinTest extends BalancingStrategyContract
    implements RotationContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return SmoothWeightedRoundRobin.create(random);
  }

  @Override
  public Share share() {
    return Share.WEIGHTED_EXACTLY;
  }

  @Override
  public BalancingStrategy startingAt(long picks) {
    return SmoothWeightedRoundRobin.startingAt(picks);
  }

  @Test
  void a_turn_is_as_short_as_the_weights_allow() {
    int[] picks = Sets.picks(picker(20, 40, 60), 12);
    int[] turn = Arrays.copyOf(picks, 6);
    assertArrayEquals(turn, Arrays.copyOfRange(picks, 6, 12));
    assertEquals(3, Arrays.stream(turn).filter(place -> place == 2).count());
  }

  @Test
  void equal_weights_are_plain_round_robin() {
    int[] picks = Sets.picks(picker(0.7, 0.7, 0.7, 0.7), 8);
    for (int i = 1; i < 8; i++) {
      assertEquals((picks[i - 1] + 1) % 4, picks[i]);
    }
  }

  @Test
  void light_endpoints_are_spread_among_the_picks_of_a_heavy_one() {
    int[] picks = Sets.picks(picker(6, 1, 1, 1, 1, 1, 1), 36);
    for (int i = 1; i < picks.length; i++) {
      assertTrue((picks[i - 1] == 0) != (picks[i] == 0), Arrays.toString(picks));
    }
  }

  @Test
  void no_endpoint_runs_longer_than_its_weight_over_that_of_the_largest_other_class() {
    RandomGenerator random = Randomness.seeded(3);
    for (int round = 0; round < 300; round++) {
      double[] weights = random.doubles(2 + round % 9, 1, 60).map(Math::rint).toArray();
      int sum = (int) Arrays.stream(weights).sum();
      int[] picks = Sets.picks(picker(weights), 2 * sum);
      for (int place = 0; place < weights.length; place++) {
        int bound = longestRunAllowed(weights, weights[place]);
        assertTrue(longestRun(picks, place) <= bound, place + " of " + Arrays.toString(weights));
      }
    }
  }

  private static int longestRunAllowed(double[] weights, double weight) {
    double largestOther =
        Arrays.stream(weights)
            .filter(other -> other != weight)
            .map(other -> other * Arrays.stream(weights).filter(same -> same == other).count())
            .max()
            .orElse(weight);
    return (int) Math.ceil(weight / largestOther);
  }

  private static int longestRun(int[] picks, int place) {
    int longest = 0;
    int run = 0;
    for (int picked : picks) {
      run = picked == place ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Test
  void fractions_come_within_a_hundredth_after_ten_thousand_picks() {
    double[] weights = {Math.PI, Math.E, 0.01, 1e-9, 0.5, 0.5, 7.77};
    int[] counts = Sets.counts(picker(weights), weights.length, 10_000);
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      assertEquals(weights[i] / sum, counts[i] / 10_000.0, 0.01, "share of " + i);
      assertTrue(counts[i] > 0, "the lightest takes its turn too: " + i);
    }
  }

  @Test
  void weights_at_the_ends_of_the_range_do_no_harm() {
    int[] counts =
        Sets.counts(picker(Double.MAX_VALUE, Double.MIN_VALUE, Double.MAX_VALUE), 3, 8_194);
    assertEquals(4_096, counts[0], 4);
    assertEquals(4_096, counts[2], 4);
  }

  private static Picker picker(double... weights) {
    SmoothWeightedRoundRobin strategy = SmoothWeightedRoundRobin.startingAt(0);
    return strategy.newPicker(Sets.weighing(strategy, weights), null);
  }
}
