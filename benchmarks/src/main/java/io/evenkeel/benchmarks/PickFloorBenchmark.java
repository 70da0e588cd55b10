package io.evenkeel.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The floors: the idea of each strategy over an array, with no SPI, update or edge case around it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the parameters and calls setUp
public class PickFloorBenchmark {
  private static final int STRIPE_MASK = 15;

  @Param({"3", "10", "100", "1000", "10000"})
  int size;

  private final AtomicLong counter = new AtomicLong();
  private final AtomicLongArray striped = new AtomicLongArray(16 * (STRIPE_MASK + 2));
  private CountingEndpoint[] endpoints;
  private CountingEndpoint[] sequence;
  private long[] borders;
  private int[] aliases;

  /** For JMH. */
  public PickFloorBenchmark() {}

  /** Fills the arrays. The table's content is arbitrary: only its shape costs. */
  @Setup
  public void setUp() {
    endpoints = CountingEndpoint.array(size);
    sequence = new CountingEndpoint[3 * size];
    borders = new long[size];
    aliases = new int[size];
    double[] weights = CountingEndpoint.weights(size);
    for (int i = 0; i < sequence.length; i++) {
      sequence[i] = endpoints[i % size];
    }
    for (int i = 0; i < size; i++) {
      borders[i] = (long) (Math.min(1, weights[i] / 3) * 0x1p32);
      aliases[i] = (i + 1) % size;
    }
  }

  /** Reads one element: what cannot be undercut at all. */
  @Benchmark
  public Object array() {
    return endpoints[size - 1];
  }

  /** One counter for all threads. */
  @Benchmark
  public Object atomicCounter() {
    return endpoints[(int) Long.remainderUnsigned(counter.getAndIncrement(), endpoints.length)];
  }

  /** A counter per thread, more or less. */
  @Benchmark
  public Object stripedCounter() {
    return endpoints[(int) Long.remainderUnsigned(stripedCount(), endpoints.length)];
  }

  /** Any element. */
  @Benchmark
  public Object random() {
    int bits = ThreadLocalRandom.current().nextInt();
    return endpoints[(int) ((Integer.toUnsignedLong(bits) * endpoints.length) >>> 32)];
  }

  /** The alias method as the books have it. */
  @Benchmark
  public Object aliasTable() {
    long bits = ThreadLocalRandom.current().nextLong();
    int column = (int) (((bits >>> 32) * borders.length) >>> 32);
    return endpoints[(bits & 0xffff_ffffL) < borders[column] ? column : aliases[column]];
  }

  /** A laid-out order of three slots per endpoint, on a striped counter. */
  @Benchmark
  public Object sequence() {
    return sequence[(int) Long.remainderUnsigned(stripedCount(), sequence.length)];
  }

  /** The first of those with the fewest in flight. */
  @Benchmark
  public Object scan() {
    return least();
  }

  /** The scan with its attempt's begin and end. */
  @Benchmark
  public Object scanBeginEnd() {
    return beganAndEnded(least());
  }

  /** The less busy of two, which may be one and the same. */
  @Benchmark
  public Object twoRandom() {
    return lessBusyOfTwo();
  }

  /** The less busy of two, with its attempt's begin and end. */
  @Benchmark
  public Object twoRandomBeginEnd() {
    return beganAndEnded(lessBusyOfTwo());
  }

  private long stripedCount() {
    int stripe = (int) Thread.currentThread().getId() & STRIPE_MASK;
    return striped.getAndIncrement(16 * (stripe + 1));
  }

  private CountingEndpoint least() {
    CountingEndpoint best = endpoints[0];
    int load = best.inFlight();
    for (int i = 1; i < endpoints.length; i++) {
      int thisLoad = endpoints[i].inFlight();
      if (thisLoad < load) {
        best = endpoints[i];
        load = thisLoad;
      }
    }
    return best;
  }

  private CountingEndpoint lessBusyOfTwo() {
    long bits = ThreadLocalRandom.current().nextLong();
    CountingEndpoint one = endpoints[(int) (((bits >>> 32) * endpoints.length) >>> 32)];
    CountingEndpoint two = endpoints[(int) (((bits & 0xffff_ffffL) * endpoints.length) >>> 32)];
    return two.inFlight() < one.inFlight() ? two : one;
  }

  private static CountingEndpoint beganAndEnded(CountingEndpoint endpoint) {
    endpoint.end(endpoint.begin());
    return endpoint;
  }
}
