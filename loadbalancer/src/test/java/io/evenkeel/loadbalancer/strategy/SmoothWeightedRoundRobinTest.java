package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.RotationContract;
import io.evenkeel.testkit.Share;
import java.util.random.RandomGenerator;

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
}
