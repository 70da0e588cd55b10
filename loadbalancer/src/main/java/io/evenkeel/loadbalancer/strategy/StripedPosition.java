package io.evenkeel.loadbalancer.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongUnaryOperator;

/**
 * Counts picks without one cache line that all threads fight for: each thread counts on the stripe
 * its id falls on, so a thread sees 0, 1, 2 … from that stripe's start, shared only with threads
 * whose ids are equal modulo the number of stripes. Two contended threads cost what one costs
 * alone.
 *
 * <p>A count has 63 bits: at a billion picks per second it lasts for 292 years, so nothing here
 * wraps or turns negative.
 */
final class StripedPosition {
  private static final VarHandle COUNTER = MethodHandles.arrayElementVarHandle(long[].class);

  /** Four per processor, so that threads with neighbouring ids rarely meet; 1 KB per 8. */
  private static final int STRIPES =
      Integer.highestOneBit(Math.min(Runtime.getRuntime().availableProcessors(), 32) * 8 - 1);

  /** In longs: two cache lines, since processors fetch lines in pairs. */
  private static final int SPACING = 16;

  private final long[] counters;

  private StripedPosition(long[] counters) {
    this.counters = counters;
  }

  /** Leaves the counter half of its range, which is more than it can use. */
  static long checkedStart(long picks) {
    if (picks < 0 || picks > 1L << 62) {
      throw new IllegalArgumentException("picks: " + picks + " (expected: 0..2^62)");
    }
    return picks;
  }

  /**
   * Counters that begin spread over the first {@code turn} counts after {@code start}. By the
   * golden ratio, which leaves no two of any number of stripes close together: if all began alike,
   * threads that pick once each would all take the same endpoint.
   */
  static StripedPosition spread(long start, int turn) {
    double goldenRatio = (Math.sqrt(5) - 1) / 2;
    return filled(stripe -> start + (long) (stripe * goldenRatio % 1 * turn));
  }

  /** Counters of which each begins where {@code step} leads from the count reached here. */
  StripedPosition moved(LongUnaryOperator step) {
    return filled(stripe -> step.applyAsLong((long) COUNTER.getVolatile(counters, slot(stripe))));
  }

  private static StripedPosition filled(LongUnaryOperator start) {
    long[] counters = new long[slot(STRIPES)];
    for (int stripe = 0; stripe < STRIPES; stripe++) {
      counters[slot(stripe)] = start.applyAsLong(stripe);
    }
    return new StripedPosition(counters);
  }

  /** The calling thread's next count; never negative. */
  long next() {
    int stripe = (int) Thread.currentThread().getId() & (STRIPES - 1);
    return (long) COUNTER.getAndAdd(counters, slot(stripe), 1L);
  }

  /** The first spacing stays empty: it shares its lines with the array's length. */
  private static int slot(long stripe) {
    return (int) (stripe + 1) * SPACING;
  }
}
