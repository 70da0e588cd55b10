package io.evenkeel.inmemory;

import io.evenkeel.time.LeaseClock;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends leases, one sweep per period, on the scheduler's thread. A sweep that finds it overslept
 * evicts nobody: the renewals that queued up meanwhile come first.
 */
final class Sweeper {
  private static final System.Logger LOG =
      System.getLogger(InMemoryServiceRegistry.class.getName());

  /** How late a sweep may be on a machine with much to do; what is beyond was sleep. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  private final Shared shared;
  private final Duration period;
  private final LeaseClock clock;
  private final @Nullable EvictionGuard guard;
  private final RowTest isExpired;
  private final RowTest evict;
  private Scheduler.@Nullable Timer timer; // guarded by this
  private boolean stopped; // guarded by this

  /** Asks something of a row at a lease time. */
  @FunctionalInterface
  interface RowTest {
    boolean test(Row row, long now);
  }

  Sweeper(Shared shared, InMemoryOptions options, RowTest isExpired, RowTest evict) {
    this.shared = shared;
    this.period = options.sweepPeriod();
    this.clock = LeaseClock.start(shared.scheduler(), period.plus(LATENESS));
    this.guard = options.evictionGuard() ? new EvictionGuard(options.random()) : null;
    this.isExpired = isExpired;
    this.evict = evict;
  }

  long leaseTime() {
    return clock.now();
  }

  synchronized void start() {
    if (!stopped) {
      timer = shared.scheduler().schedule(period, this::run);
    }
  }

  synchronized void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void run() {
    try {
      long slept = clock.mark();
      if (slept == 0) {
        sweep(clock.now());
      } else {
        LOG.log(Level.WARNING, () -> "slept: every lease is longer by " + Duration.ofNanos(slept));
      }
    } finally {
      start();
    }
  }

  private void sweep(long now) {
    List<Row> expired = new ArrayList<>();
    shared
        .wheel()
        .visitDue(
            now,
            row -> {
              if (isExpired.test(row, now)) {
                expired.add(row);
              }
            });
    if (guard == null) {
      expired.forEach(row -> evict.test(row, now));
    } else {
      guard.sweep(expired, shared.registered().get(), now, row -> evict.test(row, now));
    }
  }
}
