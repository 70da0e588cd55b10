package io.evenkeel.benchmarks.forreal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.benchmarks.laboratory.Metric;
import io.evenkeel.benchmarks.laboratory.Result;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.strategy.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
  private static final Scenario WORLD = Scenario.standard("w", "w", 0.5);

  @Test
  void pairs_in_the_same_order_agree_and_those_alike_in_the_simulation_do_not_count() {
    List<Result> simulated =
        List.of(took("a", 100), took("b", 101), took("c", 200), took("oracle", 1));
    List<Result> real = List.of(took("a", 150), took("b", 120), took("c", 151), took("v", 7));
    assertEquals("w, p99 ms: 2 of 2 pairs in the order simulated", of(real, simulated));
  }

  @Test
  void a_pair_that_is_the_other_way_round_is_named() {
    List<Result> simulated = List.of(took("a", 100), took("b", 200));
    List<Result> real = List.of(took("a", 100), took("b", 90));
    assertEquals(
        "w, p99 ms: 0 of 1 pairs in the order simulated; not so: a < b", of(real, simulated));
  }

  private static String of(List<Result> real, List<Result> simulated) {
    return Agreement.of(Metric.P99, WORLD, real, simulated);
  }

  private static Result took(String contender, int millis) {
    Measurement run = new Measurement(0, 1, 1);
    run.begin(0, 0);
    run.end(0, millis * 1_000_000L, Outcome.success());
    return new Result(WORLD, contender, List.of(run));
  }
}
