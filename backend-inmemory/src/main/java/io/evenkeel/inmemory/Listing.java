package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One service: its rows, the list made of them, and those who watch it. The lock of everything here
 * is the listing's monitor, taken by {@link InMemoryServiceRegistry}; methods that may be called
 * without it are marked. The list is built when it is asked for, not when it changes.
 */
final class Listing {
  private final String service;
  private final Shared shared;
  private final Watchers watchers;
  private final Map<String, Row> rows = new LinkedHashMap<>(); // registration order is list order
  private volatile int registered; // written under the lock; read anywhere
  private long revision;
  private @Nullable List<ServiceInstance> list; // null after a change
  private boolean retired;

  Listing(String service, Shared shared) {
    this.service = new InstanceKey(service, "0").service(); // refuses what is not a name
    this.shared = shared;
    this.watchers = new Watchers(shared.scheduler(), this::snapshot);
    this.revision = shared.revisions().get();
  }

  /** Safe without the lock. */
  String service() {
    return service;
  }

  /** Safe without the lock. */
  Watchers watchers() {
    return watchers;
  }

  /** Safe without the lock. */
  boolean hasInstances() {
    return registered > 0;
  }

  /** Retires a listing that holds nothing, so that names that come and go leave nothing behind. */
  boolean retireIfIdle() {
    retired = retired || (rows.isEmpty() && watchers.isEmpty());
    return retired;
  }

  boolean isRetired() {
    return retired;
  }

  Lease register(ServiceInstance instance, Lease lease, long now) {
    Row row = rows.get(instance.id());
    if (row != null && row.refuses(lease.incarnation())) {
      throw superseded(row, lease.incarnation());
    }
    boolean isNew = row == null || row.isTombstone();
    boolean isChanged = row == null || !instance.equals(row.instance);
    hold(row, instance.id(), lease, now).instance = instance;
    if (isNew) {
      count(1);
    }
    if (isChanged) {
      changed();
    }
    return lease;
  }

  Renewal renew(String id, Lease lease, long now) {
    Row row = rows.get(id);
    if (row != null && row.refuses(lease.incarnation())) {
      throw superseded(row, lease.incarnation());
    }
    if (row == null || row.isTombstone() || row.incarnation != lease.incarnation()) {
      return Renewal.UNKNOWN;
    }
    hold(row, id, lease, now);
    return Renewal.RENEWED;
  }

  /**
   * Gives a row its lease. One that now ends sooner than the wheel knows is replaced by a copy that
   * is queued anew; the wheel drops the old one when it comes across it.
   */
  private Row hold(@Nullable Row row, String id, Lease lease, long now) {
    if (row != null && now + lease.ttl().toNanos() >= row.queuedFor) {
      row.hold(lease, now);
      return row;
    }
    Row fresh = new Row(this, id);
    fresh.instance = row == null ? null : row.instance;
    fresh.hold(lease, now);
    rows.put(id, fresh);
    queue(fresh);
    return fresh;
  }

  private void queue(Row row) {
    row.queuedFor = row.deadline;
    shared.wheel().add(row);
  }

  boolean deregister(String id, long incarnation, long now) {
    boolean any = incarnation == ServiceRegistry.ANY_INCARNATION;
    Row row = rows.get(id);
    if (row == null) {
      if (!any) {
        buryUnseen(id, incarnation, now);
      }
      return false;
    }
    boolean isThere = !row.isTombstone();
    if (row.incarnation > incarnation || (any && !isThere)) {
      return false;
    }
    bury(row, any ? row.incarnation : incarnation, now);
    return isThere;
  }

  private void bury(Row row, long incarnation, long now) {
    boolean wasThere = !row.isTombstone();
    row.bury(incarnation, now + Math.max(2 * row.ttlNanos, shared.tombstoneNanos()));
    if (wasThere) {
      count(-1);
      changed();
    }
  }

  /** A registration that is still on its way must find itself deregistered. */
  private void buryUnseen(String id, long incarnation, long now) {
    Row row = new Row(this, id);
    row.bury(incarnation, now + shared.tombstoneNanos());
    rows.put(id, row);
    queue(row);
  }

  /**
   * Whether a row that came out of the wheel is a registration that has expired. If not, it is
   * dealt with: queued again, or dropped. Called by the sweeper.
   */
  boolean isExpired(Row row, long now) {
    if (rows.get(row.id) != row) {
      return false;
    }
    if (row.deadline > now) {
      row.queuedFor = row.deadline;
      shared.wheel().place(row);
      return false;
    }
    if (row.isTombstone()) {
      rows.remove(row.id);
      return false;
    }
    return true;
  }

  /** Evicts a row unless it was renewed meanwhile. Called by the sweeper. */
  boolean evict(Row row, long now) {
    if (!isExpired(row, now)) {
      return false;
    }
    rows.remove(row.id);
    count(-1);
    changed();
    return true;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock only
  private void count(int change) {
    registered += change;
    shared.registered().addAndGet(change);
  }

  private void changed() {
    revision = shared.revisions().incrementAndGet();
    list = null;
    watchers.onChange();
  }

  /** Takes the lock itself. */
  synchronized ServiceSnapshot snapshot() {
    if (list == null) {
      list = buildList();
    }
    return InMemoryServiceRegistry.snapshot(service, revision, list, shared.scheduler());
  }

  private List<ServiceInstance> buildList() {
    List<ServiceInstance> instances = new ArrayList<>(registered);
    for (Row row : rows.values()) {
      if (row.instance != null) {
        instances.add(row.instance);
      }
    }
    return List.copyOf(instances); // immutable: snapshots share it instead of copying it
  }

  private RegistryException.Superseded superseded(Row row, long incarnation) {
    String why = row.isTombstone() ? " was deregistered" : " holds it";
    return new RegistryException.Superseded(
        service
            + "/"
            + row.id
            + ": incarnation "
            + incarnation
            + " is refused, "
            + row.incarnation
            + why,
        row.incarnation);
  }
}
