package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.KeyContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConsistentHashingTest extends BalancingStrategyContract implements KeyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return ConsistentHashing.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Override
  public BalancingStrategy unbounded() {
    return ConsistentHashing.create(Randomness.seeded(1), Double.POSITIVE_INFINITY, 256);
  }

  @Test
  void a_light_one_among_many_heavy_ones_does_not_blow_up_the_ring() {
    double[] weights = new double[10_000];
    Arrays.fill(weights, 16);
    weights[0] = 1;
    Ring ring =
        new Ring(Sets.weighing(newStrategy(Randomness.seeded(1)), weights), Ring.POINTS, null);
    long owners =
        IntStream.range(0, 1_000_000).map(i -> ring.owner(Hashes.nth(7, i))).distinct().count();
    assertTrue(owners > 9_980, owners + " own something");
  }
}
