package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.TestEndpoint;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Endpoints called by their place, 0, 1, …, and picks as text. */
final class Sets {
  private Sets() {}

  static EndpointSet weighing(BalancingStrategy strategy, double... weights) {
    List<TestEndpoint> endpoints =
        IntStream.range(0, weights.length)
            .mapToObj(i -> TestEndpoint.of(Integer.toString(i), strategy))
            .collect(Collectors.toList());
    return EndpointSet.of(endpoints, weights);
  }

  static EndpointSet alike(BalancingStrategy strategy, int size) {
    return weighing(strategy, DoubleStream.generate(() -> 1).limit(size).toArray());
  }

  static Stream<TestEndpoint> stream(EndpointSet set) {
    return Stream.of(set.toArray()).map(TestEndpoint.class::cast);
  }

  static int[] picks(Picker picker, int picks) {
    return IntStream.range(0, picks).map(i -> place(picker.pick(PickContext.NONE))).toArray();
  }

  static int[] counts(Picker picker, int size, int picks) {
    int[] counts = new int[size];
    for (int place : picks(picker, picks)) {
      counts[place]++;
    }
    return counts;
  }

  static TestEndpoint picked(Picker picker) {
    return (TestEndpoint) picker.pick(PickContext.NONE);
  }

  private static int place(Endpoint endpoint) {
    return Integer.parseInt(endpoint.instance().id());
  }
}
