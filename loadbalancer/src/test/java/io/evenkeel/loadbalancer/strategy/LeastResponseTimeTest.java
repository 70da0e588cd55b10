package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class LeastResponseTimeTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return LeastResponseTime.create(random, ManualTime.start());
  }

  @Override
  public Share share() {
    return Share.NONE;
  }

  private final ManualTime time = ManualTime.start();
  private final LeastResponseTime strategy = LeastResponseTime.create(Randomness.seeded(1), time);

  private void answer(EndpointSet set, int index, int millis) {
    TestEndpoint endpoint = ((TestEndpoint) set.get(index)).begin();
    time.advance(Duration.ofMillis(millis));
    endpoint.end(Outcome.success());
  }

  @Test
  void the_fastest_of_all_is_picked() {
    EndpointSet set = Sets.weighing(strategy, 1, 1, 1, 1, 1);
    for (int i = 0; i < 5; i++) {
      answer(set, i, 10 + (i * 3) % 5);
    }
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 5, 100)[0]);
    ((TestEndpoint) set.get(0)).begin();
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 5, 100)[2]);
  }

  @Test
  void a_heavier_one_may_take_longer() {
    EndpointSet set = Sets.weighing(strategy, 1, 3);
    answer(set, 0, 10);
    answer(set, 1, 20);
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 2, 100)[1]);
  }

  @Test
  void one_outlier_does_not_outweigh_what_was_seen_before() {
    EndpointSet set = Sets.weighing(strategy, 1, 1);
    for (int i = 0; i < 200; i++) {
      answer(set, 0, 10);
      answer(set, 1, 60);
    }
    answer(set, 0, 500);
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 2, 100)[0]);
  }

  @Test
  void one_that_never_answers_but_fails_fast_is_avoided() {
    EndpointSet set = Sets.weighing(strategy, 1, 1);
    for (int i = 0; i < 20; i++) {
      answer(set, 0, 20);
      ((TestEndpoint) set.get(1)).begin().end(Outcome.failure(null));
    }
    assertEquals(100, Sets.counts(strategy.newPicker(set, null), 2, 100)[0]);
  }
}
