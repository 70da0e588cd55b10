package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.Metric;
import io.evenkeel.benchmarks.laboratory.Result;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How far reality agrees with the simulation: of the pairs of contenders that the simulation tells
 * apart in a scenario, how many are in the same order over HTTP.
 */
final class Agreement {
  /** Two that are closer in the simulation may come in any order. */
  private static final double APART = 1.05;

  private final List<String> disagreements = new ArrayList<>();
  private int pairs;

  private Agreement() {}

  /** One line: how many, and which pairs are the other way round. */
  static String of(Metric metric, Scenario scenario, List<Result> real, List<Result> simulated) {
    Agreement agreement = new Agreement();
    List<Result> known =
        simulated.stream()
            .filter(each -> each.scenario().equals(scenario))
            .filter(each -> find(real, scenario, each.contender()).isPresent())
            .toList();
    for (Result one : known) {
      for (Result other : known) {
        agreement.compare(metric, one, other, real);
      }
    }
    return "%s, %s: %d of %d pairs in the order simulated%s"
        .formatted(
            scenario.name(),
            metric.label(),
            agreement.pairs - agreement.disagreements.size(),
            agreement.pairs,
            agreement.disagreements.isEmpty()
                ? ""
                : "; not so: " + String.join(", ", agreement.disagreements));
  }

  private static Optional<Result> find(List<Result> results, Scenario scenario, String contender) {
    return results.stream()
        .filter(each -> each.scenario().equals(scenario) && each.contender().equals(contender))
        .findFirst();
  }

  private void compare(Metric metric, Result less, Result more, List<Result> real) {
    ToDoubleFunction<Result> value = result -> result.estimate(metric).mean();
    if (value.applyAsDouble(more) > APART * value.applyAsDouble(less)) {
      pairs++;
      Optional<Result> realLess = find(real, less.scenario(), less.contender());
      Optional<Result> realMore = find(real, more.scenario(), more.contender());
      if (realLess.map(value::applyAsDouble).orElse(0.0)
          > realMore.map(value::applyAsDouble).orElse(0.0)) {
        disagreements.add(less.contender() + " < " + more.contender());
      }
    }
  }
}
