package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.KeyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Share;
import io.evenkeel.time.Randomness;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;

/** Options at the ends of what they may be break nothing that a strategy owes. */
final class TunedStrategiesTest {
  private static BalancingStrategy made(String text, RandomGenerator random) {
    return Strategies.named(text, random, ManualTime.start());
  }

  @Nested
  final class ManyChoices extends BalancingStrategyContract implements LoadContract {
    @Override
    public BalancingStrategy newStrategy(RandomGenerator random) {
      return made("power-of-d-choices?choices=64", random);
    }

    @Override
    public Share share() {
      return Share.EQUAL_ON_AVERAGE;
    }
  }

  @Nested
  final class QuickDecay extends BalancingStrategyContract implements LoadContract {
    @Override
    public BalancingStrategy newStrategy(RandomGenerator random) {
      return made("peak-ewma?decay=1ms", random);
    }

    @Override
    public Share share() {
      return Share.NONE;
    }
  }

  @Nested
  final class ManyPoints extends BalancingStrategyContract implements KeyContract {
    @Override
    public BalancingStrategy newStrategy(RandomGenerator random) {
      return made("consistent-hashing?points=512&bound=1.2", random);
    }

    @Override
    public Share share() {
      return Share.EQUAL_ON_AVERAGE;
    }

    @Override
    public BalancingStrategy unbounded() {
      return made("consistent-hashing?points=512&bound=none", Randomness.seeded(1));
    }
  }

  @Nested
  final class TightBound extends BalancingStrategyContract implements KeyContract {
    @Override
    public BalancingStrategy newStrategy(RandomGenerator random) {
      return made("rendezvous?bound=1.01", random);
    }

    @Override
    public Share share() {
      return Share.EQUAL_ON_AVERAGE;
    }

    @Override
    public BalancingStrategy unbounded() {
      return made("rendezvous?bound=none", Randomness.seeded(1));
    }
  }
}
