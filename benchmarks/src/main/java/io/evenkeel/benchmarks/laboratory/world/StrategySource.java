package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.strategy.BalancingStrategy;
import java.util.random.RandomGenerator;

/** Makes the strategy of one client. */
@FunctionalInterface
public interface StrategySource {

  /**
   * A new strategy.
   *
   * @param world the time it lives in; the oracle looks at more
   * @param random the client's own generator
   */
  BalancingStrategy create(World world, RandomGenerator random);
}
