package io.evenkeel.benchmarks;

import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A new picker because one endpoint in the middle of the list left or came back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class UpdateBenchmark {
  @Param({
    "round-robin",
    "random",
    "smooth-weighted-round-robin",
    "weighted-random",
    "least-connections",
    "weighted-least-connections",
    "power-of-two-choices",
    "peak-ewma",
    "adaptive",
    "consistent-hashing",
    "maglev",
    "rendezvous"
  })
  String strategy;

  @Param({"1000", "10000"})
  int size;

  private BalancingStrategy balancing;
  private EndpointSet[] sets;
  private Picker picker;
  private int updates;

  /** For JMH. */
  public UpdateBenchmark() {}

  /** Makes both sets and the first picker. */
  @Setup
  public void setUp() {
    balancing = Strategies.named(strategy);
    List<CountingEndpoint> endpoints = CountingEndpoint.list(size, balancing);
    double[] weights = CountingEndpoint.weights(size);
    EndpointSet all = EndpointSet.of(endpoints, weights);
    weights[size / 2] = 0;
    sets = new EndpointSet[] {all, EndpointSet.of(endpoints, weights)};
    picker = balancing.newPicker(all, null);
  }

  /** Replaces the picker. */
  @Benchmark
  public Picker update() {
    picker = balancing.newPicker(sets[++updates & 1], picker);
    return picker;
  }
}
