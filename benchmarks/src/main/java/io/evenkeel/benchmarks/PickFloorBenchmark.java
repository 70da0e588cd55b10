package io.evenkeel.benchmarks;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Each of the {@link Floors}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PickFloorBenchmark {
  @Param({
    "array",
    "atomic-counter",
    "striped-counter",
    "sequence",
    "random",
    "alias-table",
    "ring",
    "scan-pick",
    "scan",
    "two-random-pick",
    "two-random",
    "two-ewma"
  })
  String floor;

  @Param({"3", "10", "100", "1000", "10000"})
  int size;

  private Operation operation;

  /** For JMH. */
  public PickFloorBenchmark() {}

  /** Fills the arrays. */
  @Setup
  public void setUp() {
    operation = new Floors().operation(floor, size);
  }

  /** What cannot be undercut. */
  @Benchmark
  public Object floor(ThreadKeys keys) throws Exception {
    return operation.once(keys.keys);
  }

  /** Each thread's keys. */
  @State(Scope.Thread)
  public static class ThreadKeys {
    final Keys keys = new Keys();

    /** For JMH. */
    public ThreadKeys() {}
  }
}
