package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has left is forgotten, whoever waits. */
class DepartedTest {
  private static final int SIZE = 100; // above what least connections scans

  private static Stream<String> strategies() {
    return Strategies.names().stream();
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void an_endpoint_out_of_rotation_keeps_none_of_those_it_was_there_with(String name) {
    BalancingStrategy strategy = Strategies.named(name);
    List<Object> inUse = new ArrayList<>(List.of(strategy));
    WeakReference<Endpoint> departed = departed(strategy, inUse);
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> awaitForgotten(departed));
    assertEquals(3, inUse.size());
  }

  /** One of a hundred goes; another one only waits, and is in use like the newest picker. */
  private static WeakReference<Endpoint> departed(BalancingStrategy strategy, List<Object> inUse) {
    Endpoint[] all = Sets.alike(strategy, SIZE).toArray();
    Picker first = strategy.newPicker(set(all, 0, SIZE), null);
    inUse.add(strategy.newPicker(set(all, 2, SIZE), first));
    inUse.add(all[0]);
    return new WeakReference<>(all[1]);
  }

  private static EndpointSet set(Endpoint[] all, int from, int to) {
    double[] weights = new double[to - from];
    Arrays.fill(weights, 1);
    return EndpointSet.of(List.of(all).subList(from, to), weights);
  }

  private static void awaitForgotten(WeakReference<Endpoint> departed) {
    while (departed.get() != null) {
      System.gc();
      Thread.onSpinWait();
    }
  }
}
