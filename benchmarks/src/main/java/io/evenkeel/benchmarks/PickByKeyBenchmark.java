package io.evenkeel.benchmarks;

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

/** One pick by key of each strategy that hashes, endpoints alike. Its floor is a bare ring. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PickByKeyBenchmark {
  @Param({"consistent-hashing", "maglev", "rendezvous"})
  String strategy;

  @Param({"3", "10", "100", "1000", "10000"})
  int size;

  private Operation operation;

  /** For JMH. */
  public PickByKeyBenchmark() {}

  /** Makes the picker. */
  @Setup
  public void setUp() {
    operation = new OwnStrategies().operation(strategy, size);
  }

  /** Picks for the next of the thread's keys. */
  @Benchmark
  public Object pickByKey(PickFloorBenchmark.ThreadKeys keys) throws Exception {
    return operation.once(keys.keys);
  }
}
