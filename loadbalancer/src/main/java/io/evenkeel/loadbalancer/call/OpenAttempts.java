package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends attempts whose time is over. A timer for each would cost more than the rest of the attempt,
 * so all open ones are looked at every 10 ms while there are any: an attempt costs one push onto a
 * lock-free stack, and ends up to 10 ms late. Pushing is for any thread and takes no lock; the
 * sweep runs on the scheduler's, and what it ends is ended outside the lock and after the next
 * sweep was scheduled. It also tells an endpoint how long it has been waited for, and ends what
 * waits for one that answers nothing any more, if its call would rather begin elsewhere.
 */
final class OpenAttempts {
  private static final System.Logger LOG = System.getLogger(OpenAttempts.class.getName());
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final long LOOK_NANOS = 1_000_000_000; // compare endpoints so often

  private final Scheduler scheduler;
  private final Rotation rotation;
  private final AtomicReference<@Nullable Attempt> newest = new AtomicReference<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private List<Attempt> older = new ArrayList<>(); // guarded by this
  private long lookedAt; // on the scheduler's thread

  OpenAttempts(Scheduler scheduler, Rotation rotation) {
    this.scheduler = scheduler;
    this.rotation = rotation;
    this.lookedAt = scheduler.nanoTime();
  }

  void add(Attempt attempt) {
    Attempt head;
    do {
      head = newest.get();
      attempt.nextOpen = head;
    } while (!newest.compareAndSet(head, attempt));
    if (head == null) {
      startSweeping();
    }
  }

  private void startSweeping() {
    if (sweeping.compareAndSet(false, true)) {
      scheduler.schedule(PERIOD, this::sweep);
    }
  }

  private void sweep() {
    long now = scheduler.nanoTime();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      rotation.look();
    }
    List<Attempt> overdue = takeOverdue(now, rotation.stallLimit());
    sweepAgain();
    overdue.forEach(attempt -> end(attempt, Outcome.timeout()));
  }

  private synchronized List<Attempt> takeOverdue(long now, long stallLimit) {
    List<Attempt> overdue = new ArrayList<>();
    List<Attempt> stillOpen = new ArrayList<>();
    for (Attempt attempt : takeOpen()) {
      attempt.awaits(now, stallLimit);
      boolean over = attempt.isOverdue(now) || attempt.isStranded(now, stallLimit);
      (over ? overdue : stillOpen).add(attempt);
    }
    older = stillOpen;
    return overdue;
  }

  private synchronized void sweepAgain() {
    if (!older.isEmpty()) {
      scheduler.schedule(PERIOD, this::sweep);
      return;
    }
    sweeping.set(false);
    if (newest.get() != null) {
      startSweeping(); // one came after the stack was taken
    }
  }

  /** Ends all that are open as cancelled. */
  void endAll() {
    List<Attempt> open;
    synchronized (this) {
      open = takeOpen();
      older = new ArrayList<>();
    }
    open.forEach(attempt -> end(attempt, Outcome.cancelled()));
  }

  /** Called under the lock. */
  private List<Attempt> takeOpen() {
    List<Attempt> open = older;
    open.removeIf(Attempt::isOver);
    for (Attempt attempt = newest.getAndSet(null); attempt != null; ) {
      Attempt next = attempt.nextOpen;
      attempt.nextOpen = null; // an ended attempt keeps no other one reachable
      if (!attempt.isOver()) {
        open.add(attempt);
      }
      attempt = next;
    }
    return open;
  }

  private static void end(Attempt attempt, Outcome reason) {
    try {
      attempt.endByOwner(reason);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "what was to run at the end of an attempt failed", e);
    }
  }
}
