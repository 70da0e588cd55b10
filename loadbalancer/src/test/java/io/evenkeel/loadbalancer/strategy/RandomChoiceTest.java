package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.Share;
import java.util.random.RandomGenerator;

final class RandomChoiceTest extends BalancingStrategyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return RandomChoice.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }
}
