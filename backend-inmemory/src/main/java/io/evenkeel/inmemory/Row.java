package io.evenkeel.inmemory;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * What the registry remembers of one key: a registration, or the tombstone of one. It sits in its
 * listing's map and in one list of the {@link LeaseWheel}. A plain holder of fields, since one
 * exists per instance; everything that is not final is guarded by the listing unless said.
 */
final class Row {
  final Listing listing;
  final String id;

  @Nullable ServiceInstance instance; // null in a tombstone
  long incarnation;
  long ttlNanos;
  long deadline; // lease time; never before queuedFor
  long queuedFor; // the deadline the wheel knows; written before it is queued, then by the sweeper
  @Nullable Row next; // the list it is in; touched by whoever owns that list

  Row(Listing listing, String id) {
    this.listing = listing;
    this.id = id;
  }

  boolean isTombstone() {
    return instance == null;
  }

  /** Whether an incarnation comes too late: outlived by a newer life, or buried itself. */
  boolean refuses(long other) {
    return isTombstone() ? other <= incarnation : other < incarnation;
  }

  void hold(Lease lease, long now) {
    incarnation = lease.incarnation();
    ttlNanos = lease.ttl().toNanos();
    deadline = now + ttlNanos;
  }

  void bury(long buriedIncarnation, long until) {
    instance = null;
    incarnation = buriedIncarnation;
    deadline = until;
  }
}
