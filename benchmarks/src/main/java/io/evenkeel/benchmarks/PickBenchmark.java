package io.evenkeel.benchmarks;

import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One pick of each strategy. Its floors are in {@link PickFloorBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PickBenchmark {
  @Param({
    "round-robin",
    "random",
    "smooth-weighted-round-robin",
    "weighted-random",
    "least-connections",
    "weighted-least-connections",
    "power-of-two-choices"
  })
  String strategy;

  @Param({"3", "10", "100", "1000", "10000"})
  int size;

  private Picker picker;

  /** For JMH. */
  public PickBenchmark() {}

  /** Makes the picker. */
  @Setup
  public void setUp() {
    BalancingStrategy balancing = Strategies.named(strategy);
    picker = balancing.newPicker(CountingEndpoint.set(size, balancing), null);
  }

  /** Picks and forgets. */
  @Benchmark
  public @Nullable Endpoint pick() {
    return picker.pick(PickContext.NONE);
  }
}
