package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.LoadContract;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Share;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class PeakEwmaTest extends BalancingStrategyContract implements LoadContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return PeakEwma.create(random, ManualTime.start());
  }

  @Override
  public Share share() {
    return Share.EQUAL_ON_AVERAGE;
  }

  private final ManualTime time = ManualTime.start();
  private final PeakEwma strategy = PeakEwma.create(Randomness.seeded(1), time);
  private final EndpointSet two = Sets.weighing(strategy, 1, 1);
  private final Picker picker = strategy.newPicker(two, null);

  private void answer(int index, int millis, Outcome outcome) {
    TestEndpoint endpoint = ((TestEndpoint) two.get(index)).begin();
    time.advance(Duration.ofMillis(millis));
    endpoint.end(outcome);
  }

  @Test
  void the_faster_of_two_is_picked() {
    answer(0, 20, Outcome.success());
    answer(1, 10, Outcome.success());
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
  }

  @Test
  void twice_as_fast_bears_twice_as_much() {
    answer(0, 10, Outcome.success());
    answer(1, 21, Outcome.success());
    ((TestEndpoint) two.get(0)).begin();
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
    ((TestEndpoint) two.get(0)).begin();
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
  }

  @Test
  void one_slow_answer_counts_at_once_and_is_forgotten_slowly() {
    answer(1, 20, Outcome.success());
    for (int i = 0; i < 100; i++) {
      answer(0, 10, Outcome.success());
    }
    answer(0, 1_000, Outcome.success());
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
    for (int i = 0; i < 60; i++) {
      time.advance(Duration.ofSeconds(1));
      answer(0, 10, Outcome.success());
      answer(1, 20, Outcome.success());
    }
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
  }

  @Test
  void a_fast_failure_is_no_fast_answer() {
    answer(0, 20, Outcome.success());
    answer(1, 30, Outcome.success());
    answer(1, 1, Outcome.failure(null));
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
  }

  @Test
  void a_cancelled_attempt_says_nothing() {
    answer(0, 20, Outcome.success());
    answer(1, 10, Outcome.success());
    answer(1, 900, Outcome.cancelled());
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
  }

  @Test
  void an_endpoint_that_never_answered_takes_one_attempt_and_no_second() {
    answer(0, 20, Outcome.success());
    assertEquals(100, Sets.counts(picker, 2, 100)[1]);
    ((TestEndpoint) two.get(1)).begin();
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
  }

  @Test
  void one_that_never_answers_but_fails_fast_is_avoided() {
    answer(0, 20, Outcome.success());
    for (int i = 0; i < 20; i++) {
      answer(1, 1, Outcome.failure(null));
      answer(0, 20, Outcome.success());
    }
    assertEquals(100, Sets.counts(picker, 2, 100)[0]);
  }
}
