package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.Share;
import java.util.random.RandomGenerator;

final class PowerOfTwoChoicesTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return PowerOfTwoChoices.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }
}
