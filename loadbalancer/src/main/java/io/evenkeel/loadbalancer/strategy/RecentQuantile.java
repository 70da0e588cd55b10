package io.evenkeel.loadbalancer.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A quantile of the values that came last. Any thread adds; of two that add at the same moment one
 * goes without rather than wait, and its value is lost.
 */
final class RecentQuantile {
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(RecentQuantile.class, "busy", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final double share;
  private final double[] inTurn; // this and the rest are written under busy
  private final double[] sorted;
  private int size;
  private int next;

  private volatile int busy; // 1 while a thread adds
  private volatile double value = Double.POSITIVE_INFINITY;

  /**
   * Nothing yet.
   *
   * @param share 0..1: so many of the values are not above the quantile
   * @param window how many values count
   */
  RecentQuantile(double share, int window) {
    this.share = share;
    this.inTurn = new double[window];
    this.sorted = new double[window];
  }

  void add(double sample) {
    if (busy != 0 || !BUSY.compareAndSet(this, 0, 1)) {
      return;
    }
    if (size == sorted.length) {
      remove(inTurn[next]);
    }
    insert(sample);
    inTurn[next] = sample;
    next = (next + 1) % inTurn.length;
    value = sorted[Math.min(size - 1, (int) (share * size))];
    busy = 0;
  }

  private void remove(double old) {
    int place = Arrays.binarySearch(sorted, 0, size, old);
    System.arraycopy(sorted, place + 1, sorted, place, --size - place);
  }

  private void insert(double sample) {
    int found = Arrays.binarySearch(sorted, 0, size, sample);
    int place = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, place, sorted, place + 1, size++ - place);
    sorted[place] = sample;
  }

  /** The quantile; infinite while there are no values. */
  double value() {
    return value;
  }
}
