package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.KeyContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;

final class MaglevTest extends BalancingStrategyContract implements KeyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return Maglev.create(random, 1.25, 1_021); // it is filled thousands of times here
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Override
  public BalancingStrategy unbounded() {
    return Maglev.create(Randomness.seeded(1), Double.POSITIVE_INFINITY, 65_537);
  }
}
