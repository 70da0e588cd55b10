package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ScriptedRandom;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PowerOfTwoChoicesTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return PowerOfTwoChoices.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Test
  void never_draws_the_same_endpoint_twice() {
    for (int first = 0; first < 4; first++) {
      for (int other = 0; other < 3; other++) {
        long bits = ((first * 2L + 1) << 29 << 32) | ((other * 2L + 1) * (1L << 31) / 3);
        PowerOfTwoChoices strategy = PowerOfTwoChoices.create(ScriptedRandom.of(bits, bits));
        EndpointSet set = Sets.weighing(strategy, 1, 1, 1, 1);
        ((TestEndpoint) set.get(first)).begin();
        int expected = other < first ? other : other + 1;
        assertEquals(expected, Sets.picks(strategy.newPicker(set, null), 1)[0]);
      }
    }
  }

  @Test
  void the_one_endpoint_with_the_most_in_flight_is_never_picked() {
    PowerOfTwoChoices strategy = PowerOfTwoChoices.create(Randomness.seeded(5));
    EndpointSet set = Sets.weighing(strategy, 1, 1, 1);
    ((TestEndpoint) set.get(0)).begin(2);
    ((TestEndpoint) set.get(1)).begin(1);
    int[] counts = Sets.counts(strategy.newPicker(set, null), 3, 3_000);
    assertArrayEquals(new int[] {0, 1_000, 2_000}, rounded(counts, 1_000));
  }

  private static int[] rounded(int[] counts, int to) {
    return Arrays.stream(counts).map(count -> (count + to / 2) / to * to).toArray();
  }
}
