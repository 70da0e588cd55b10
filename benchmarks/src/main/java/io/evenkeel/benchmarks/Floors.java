package io.evenkeel.benchmarks;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.evenkeel.time.TimeSource;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The floors: the idea of each strategy over an array, with no SPI, update or edge case around it.
 * {@code two-random}, {@code scan} and {@code two-ewma} are a pick with its begin and end, those
 * that end in {@code -pick} the pick alone.
 */
public final class Floors implements Peer {
  private static final int STRIPE_MASK = 15;
  private static final int RING_POINTS = 256; // as many as ours
  private static final int OWNER_BITS = 14; // of 10,000

  private final AtomicLong counter = new AtomicLong();
  private final AtomicLongArray striped = new AtomicLongArray(16 * (STRIPE_MASK + 2));

  /** For the benchmark. */
  public Floors() {}

  @Override
  public Operation operation(String choice, int size) {
    CountingEndpoint[] endpoints = CountingEndpoint.array(size);
    return switch (choice) {
      case "array" -> keys -> endpoints[size - 1];
      case "atomic-counter" ->
          keys ->
              endpoints[(int) Long.remainderUnsigned(counter.getAndIncrement(), endpoints.length)];
      case "striped-counter" -> inTurns(endpoints);
      case "sequence" -> inTurns(sequence(endpoints));
      case "random" -> random(endpoints);
      case "alias-table" -> aliasTable(endpoints);
      case "ring" -> ring(endpoints);
      case "scan-pick" -> keys -> least(endpoints);
      case "scan" -> keys -> beganAndEnded(least(endpoints));
      case "two-random-pick" -> keys -> lessBusyOfTwo(endpoints);
      case "two-random" -> keys -> beganAndEnded(lessBusyOfTwo(endpoints));
      case "two-ewma" -> twoEwma(size);
      case "copy" -> keys -> Arrays.copyOf(endpoints, endpoints.length);
      default -> throw Peer.unknown(choice);
    };
  }

  /** A counter per thread, more or less. */
  private Operation inTurns(CountingEndpoint[] order) {
    return keys -> {
      int stripe = (int) Thread.currentThread().getId() & STRIPE_MASK;
      long count = striped.getAndIncrement(16 * (stripe + 1));
      return order[(int) Long.remainderUnsigned(count, order.length)];
    };
  }

  /** A laid-out order of three slots per endpoint; which is arbitrary, only its shape costs. */
  private static CountingEndpoint[] sequence(CountingEndpoint[] endpoints) {
    CountingEndpoint[] sequence = new CountingEndpoint[3 * endpoints.length];
    for (int i = 0; i < sequence.length; i++) {
      sequence[i] = endpoints[i % endpoints.length];
    }
    return sequence;
  }

  private static Operation random(CountingEndpoint[] endpoints) {
    return keys -> {
      int bits = ThreadLocalRandom.current().nextInt();
      return endpoints[(int) ((Integer.toUnsignedLong(bits) * endpoints.length) >>> 32)];
    };
  }

  /** The alias method as the books have it; the table's content is arbitrary. */
  private static Operation aliasTable(CountingEndpoint[] endpoints) {
    long[] borders = new long[endpoints.length];
    int[] aliases = new int[endpoints.length];
    double[] weights = CountingEndpoint.weights(endpoints.length);
    for (int i = 0; i < borders.length; i++) {
      borders[i] = (long) (Math.min(1, weights[i] / 3) * 0x1p32);
      aliases[i] = (i + 1) % endpoints.length;
    }
    return keys -> {
      long bits = ThreadLocalRandom.current().nextLong();
      int column = (int) (((bits >>> 32) * borders.length) >>> 32);
      return endpoints[(bits & 0xffff_ffffL) < borders[column] ? column : aliases[column]];
    };
  }

  /** The first point at or after the key's hash, found by halving; its low bits name its owner. */
  private static Operation ring(CountingEndpoint[] endpoints) {
    long[] points = new long[RING_POINTS * endpoints.length];
    for (int i = 0; i < points.length; i++) {
      long hash = Keys.hash(i % RING_POINTS + "@" + i / RING_POINTS);
      points[i] = hash >>> OWNER_BITS << OWNER_BITS | i / RING_POINTS;
    }
    Arrays.sort(points);
    return keys -> {
      int found = Arrays.binarySearch(points, Keys.hash(keys.next()));
      int at = found < 0 ? -found - 1 : found;
      long point = points[at == points.length ? 0 : at];
      return endpoints[(int) (point & (1 << OWNER_BITS) - 1)];
    };
  }

  /** The first of those with the fewest in flight. */
  private static CountingEndpoint least(CountingEndpoint[] endpoints) {
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

  /** The less busy of two, which may be one and the same. */
  private static CountingEndpoint lessBusyOfTwo(CountingEndpoint[] endpoints) {
    long bits = ThreadLocalRandom.current().nextLong();
    CountingEndpoint one = endpoints[(int) (((bits >>> 32) * endpoints.length) >>> 32)];
    CountingEndpoint two = endpoints[(int) (((bits & 0xffff_ffffL) * endpoints.length) >>> 32)];
    return two.inFlight() < one.inFlight() ? two : one;
  }

  private static CountingEndpoint beganAndEnded(CountingEndpoint endpoint) {
    endpoint.end(endpoint.begin());
    return endpoint;
  }

  /**
   * The cheaper of two by a moving average that is updated at each end: two readings of a clock.
   */
  private static Operation twoEwma(int size) {
    TimeSource time = TimeSource.system();
    Average[] averages = new Average[size];
    Arrays.setAll(averages, i -> new Average());
    return keys -> {
      long bits = ThreadLocalRandom.current().nextLong();
      Average one = averages[(int) (((bits >>> 32) * averages.length) >>> 32)];
      Average two = averages[(int) (((bits & 0xffff_ffffL) * averages.length) >>> 32)];
      Average picked = two.nanos < one.nanos ? two : one;
      long begin = time.nanoTime();
      picked.add(time.nanoTime() - begin);
      return picked;
    };
  }

  /** Loses an update when two threads race, which is what a floor may do. */
  private static final class Average {
    private volatile double nanos;

    private void add(long latencyNanos) {
      double before = nanos;
      nanos = before + (latencyNanos - before) / 10;
    }
  }
}
