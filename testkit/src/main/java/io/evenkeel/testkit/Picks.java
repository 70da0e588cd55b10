package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** How often each endpoint was picked, and what the contracts say of that. */
final class Picks {
  private final IdentityHashMap<Endpoint, Integer> counts = new IdentityHashMap<>();
  private int total;

  /** {@code n} endpoints called e0, e1, …, tracked by the strategy. */
  static List<TestEndpoint> endpoints(int n, BalancingStrategy strategy) {
    List<TestEndpoint> endpoints = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      endpoints.add(TestEndpoint.of("e" + i, strategy));
    }
    return endpoints;
  }

  /** A set in which all weigh 1. */
  static EndpointSet alike(List<TestEndpoint> endpoints) {
    double[] weights = new double[endpoints.size()];
    Arrays.fill(weights, 1);
    return EndpointSet.of(endpoints, weights);
  }

  /** Picks once; no endpoint is a failure. */
  static Endpoint one(Picker picker) {
    Endpoint picked = picker.pick(PickContext.NONE);
    if (picked == null) {
      throw new AssertionError("no endpoint picked");
    }
    return picked;
  }

  Picks take(Picker picker, int picks) {
    for (int i = 0; i < picks; i++) {
      add(one(picker));
    }
    return this;
  }

  void add(Endpoint picked) {
    counts.merge(picked, 1, Integer::sum);
    total++;
  }

  void addAll(Picks other) {
    other.counts.forEach((endpoint, count) -> counts.merge(endpoint, count, Integer::sum));
    total += other.total;
  }

  int of(Endpoint endpoint) {
    return counts.getOrDefault(endpoint, 0);
  }

  int distinct() {
    return counts.size();
  }

  /** Each was picked exactly its part of all picks, which must be a whole number. */
  void assertExact(List<? extends Endpoint> endpoints, IntToDoubleFunction part) {
    double parts = IntStream.range(0, endpoints.size()).mapToDouble(part).sum();
    for (int i = 0; i < endpoints.size(); i++) {
      assertEquals(
          total * part.applyAsDouble(i) / parts,
          of(endpoints.get(i)),
          "picks of " + i + ": " + this);
    }
  }

  /**
   * Each was picked its part of all picks as far as chance allows: Pearson's chi-square, whose mean
   * is its degrees of freedom d and whose deviation is √(2 d), may exceed d by six deviations and
   * 16, which happens less than once in a million runs even where d is small.
   */
  void assertByChance(List<? extends Endpoint> endpoints, IntToDoubleFunction part) {
    double parts = IntStream.range(0, endpoints.size()).mapToDouble(part).sum();
    double chiSquare = 0;
    for (int i = 0; i < endpoints.size(); i++) {
      double expected = total * part.applyAsDouble(i) / parts;
      chiSquare += Math.pow(of(endpoints.get(i)) - expected, 2) / expected;
    }
    double freedom = endpoints.size() - 1;
    double bound = freedom + 6 * Math.sqrt(2 * freedom) + 16;
    assertTrue(chiSquare <= bound, "chi-square: " + chiSquare + " (expected: <= " + bound + ")");
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
