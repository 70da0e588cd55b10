package io.evenkeel.loadbalancer.call;

import io.evenkeel.time.TimeSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Bounds what retries add to the load: over a window of 10 s, at most a share of the requests plus
 * a fixed number per second, so that a service that fails as a whole is not buried. Source:
 * Finagle's RetryBudget (20 % and 10/s over 10 s). Safe from any thread, without locks; two threads
 * that meet at the turn of a second may each miscount by one request.
 */
final class RetryBudget {
  private static final int SLOTS = 10; // of one second
  private static final long SLOT_NANOS = 1_000_000_000L;
  private static final long RETRY = 1_000; // what a retry costs; a request brings ratio × this

  private final TimeSource time;
  private final long perRequest;
  private final long reserve;
  private final long origin;
  private final AtomicLongArray balances = new AtomicLongArray(SLOTS);
  private final AtomicLong current = new AtomicLong(); // the newest second that has a slot

  RetryBudget(double ratio, int perSecond, TimeSource time) {
    this.time = time;
    this.perRequest = Math.round(ratio * RETRY);
    this.reserve = perSecond * RETRY * SLOTS;
    this.origin = time.nanoTime();
  }

  /** A request was made. */
  void deposit() {
    balances.addAndGet(slot(), perRequest);
  }

  /** Takes a retry out of the budget if it has one. */
  boolean tryWithdraw() {
    int slot = slot();
    balances.addAndGet(slot, -RETRY);
    long left = reserve;
    for (int i = 0; i < SLOTS; i++) {
      left += balances.get(i);
    }
    if (left >= 0) {
      return true;
    }
    balances.addAndGet(slot, RETRY);
    return false;
  }

  private int slot() {
    long second = (time.nanoTime() - origin) / SLOT_NANOS;
    for (long seen = current.get(); seen < second; seen = current.get()) {
      if (current.compareAndSet(seen, second)) {
        forget(seen, second);
      }
    }
    return (int) (second % SLOTS);
  }

  private void forget(long seen, long second) {
    for (long gone = Math.max(seen, second - SLOTS) + 1; gone <= second; gone++) {
      balances.set((int) (gone % SLOTS), 0);
    }
  }
}
