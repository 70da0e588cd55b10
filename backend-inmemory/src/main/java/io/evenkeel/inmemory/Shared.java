package io.evenkeel.inmemory;

import io.evenkeel.time.Scheduler;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the listings of one registry have in common.
 *
 * @param scheduler its clock, and where listeners are called
 * @param wheel where rows wait for their end
 * @param tombstoneNanos the least time a tombstone is kept
 * @param revisions counts the changes of all lists; a list's revision is the count at its last
 *     change, so that a service which vanished and came back goes on counting upwards
 * @param registered how many instances are registered
 */
record Shared(
    Scheduler scheduler,
    LeaseWheel wheel,
    long tombstoneNanos,
    AtomicLong revisions,
    AtomicInteger registered) {

  static Shared of(Scheduler scheduler, InMemoryOptions options) {
    return new Shared(
        scheduler,
        new LeaseWheel(options.sweepPeriod().toNanos()),
        options.tombstoneRetention().toNanos(),
        new AtomicLong(),
        new AtomicInteger());
  }
}
