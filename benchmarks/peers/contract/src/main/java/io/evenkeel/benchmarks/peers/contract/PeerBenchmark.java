package io.evenkeel.benchmarks.peers.contract;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One operation of one peer: the same harness around each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PeerBenchmark {
  /** The class of the {@link Peer}. */
  @Param("")
  String peer;

  /** Which of its ways to choose. */
  @Param("")
  String choice;

  /** How many instances. */
  @Param("1")
  int size;

  private Operation operation;

  /** For JMH. */
  public PeerBenchmark() {}

  /** Makes the peer and its list. */
  @Setup
  public void setUp() throws Exception {
    Peer made = Class.forName(peer).asSubclass(Peer.class).getConstructor().newInstance();
    operation = made.operation(choice, size);
  }

  /** What is measured. */
  @Benchmark
  public Object once(ThreadKeys keys) throws Exception {
    return operation.once(keys.keys);
  }

  /** Each thread's keys. */
  @State(Scope.Thread)
  public static class ThreadKeys {
    private final Keys keys = new Keys();

    /** For JMH. */
    public ThreadKeys() {}
  }
}
