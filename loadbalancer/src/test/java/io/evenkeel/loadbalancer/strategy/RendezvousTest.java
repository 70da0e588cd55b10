package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.KeyContract;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;

final class RendezvousTest extends BalancingStrategyContract implements KeyContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return Rendezvous.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  @Override
  public BalancingStrategy unbounded() {
    return Rendezvous.create(Randomness.seeded(1), Double.POSITIVE_INFINITY);
  }
}
