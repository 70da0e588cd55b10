package io.evenkeel.benchmarks;

import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A pick with its attempt's begin and end, for the strategies that look at attempts in flight. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PickBeginEndBenchmark {
  @Param({
    "least-connections",
    "weighted-least-connections",
    "power-of-two-choices",
    "power-of-d-choices",
    "peak-ewma",
    "least-response-time",
    "adaptive"
  })
  String strategy;

  @Param({"3", "10", "100", "1000", "10000"})
  int size;

  private Picker picker;

  /** For JMH. */
  public PickBeginEndBenchmark() {}

  /** Makes the picker. */
  @Setup
  public void setUp() {
    BalancingStrategy balancing = Strategies.named(strategy);
    picker = balancing.newPicker(CountingEndpoint.set(size, balancing), null);
  }

  /** Picks, begins, ends. */
  @Benchmark
  public Object pickBeginEnd() {
    CountingEndpoint picked =
        (CountingEndpoint) Objects.requireNonNull(picker.pick(PickContext.NONE));
    picked.end(picked.begin());
    return picked;
  }
}
