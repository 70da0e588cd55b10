package io.evenkeel.inmemory;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows whose time has come without looking at the others: a hashed timing wheel (G.
 * Varghese, T. Lauck, "Hashed and Hierarchical Timing Wheels", SOSP 1987, scheme 6).
 *
 * <p>A slot holds the rows that were due in its tick when they were queued. A renewal does not move
 * a row; it only writes a later deadline into it, and the visitor queues the row again when its
 * slot comes round. So a row costs one visit per TTL however often it is renewed. A deadline beyond
 * the last slot waits in the last slot and is queued again from there.
 *
 * <p>{@link #add} is safe from any thread: newcomers wait on a stack (R. K. Treiber, 1986) that the
 * sweeper empties. All else belongs to the sweeper's thread, so the wheel has no lock.
 */
final class LeaseWheel {
  private static final int SLOTS = 512; // 256 s of half-second ticks: longer than usual TTLs
  private static final int MASK = SLOTS - 1;

  private final long tickNanos;
  private final AtomicReference<@Nullable Row> newcomers = new AtomicReference<>();
  private final @Nullable Row[] slots = new @Nullable Row[SLOTS];
  private long cursor; // the tick of the last sweep; its slot is visited again by the next one

  LeaseWheel(long tickNanos) {
    this.tickNanos = tickNanos;
  }

  /** Queues a row for its {@code queuedFor}; it must not be queued already. */
  void add(Row row) {
    do {
      row.next = newcomers.get();
    } while (!newcomers.compareAndSet(row.next, row));
  }

  /** As {@link #add}, for the sweeper's thread. */
  void place(Row row) {
    long tick = Math.max(cursor, Math.min(row.queuedFor / tickNanos, cursor + MASK));
    int slot = (int) (tick & MASK);
    row.next = slots[slot];
    slots[slot] = row;
  }

  /**
   * Hands every row that may be due to the visitor and forgets it; one that is not due yet is
   * placed again by the visitor.
   */
  void visitDue(long now, Consumer<Row> visitor) {
    long from = cursor;
    cursor = now / tickNanos;
    drain(newcomers.getAndSet(null), this::place);
    for (long tick = Math.max(from, cursor - MASK); tick <= cursor; tick++) {
      int slot = (int) (tick & MASK);
      Row first = slots[slot];
      slots[slot] = null;
      drain(first, visitor);
    }
  }

  private static void drain(@Nullable Row first, Consumer<Row> visitor) {
    Row row = first;
    while (row != null) {
      Row next = row.next;
      row.next = null;
      visitor.accept(row);
      row = next;
    }
  }
}
