package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.RotationContract;
import io.evenkeel.testkit.Share;
import java.util.random.RandomGenerator;

final class RoundRobinTest extends BalancingStrategyContract implements RotationContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return RoundRobin.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_EXACTLY;
  }

  @Override
  public BalancingStrategy startingAt(long picks) {
    return RoundRobin.startingAt(picks);
  }
}
