package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which rows there are now, their wire ids and their indexes, and who is told of a change. A list
 * that was read from the registry never undoes what was written here meanwhile. Event loop only.
 */
final class Rows implements Follower.Reader {
  /** The topic of those who wait for a change of any service. */
  static final String ANY_SERVICE = "";

  private static final String TTL_EXPIRED = "TTL expired"; // Consul's words

  private final Timers timers;
  private final Waiters waiters;
  private final Map<String, Map<InstanceKey, Entry>> services = new TreeMap<>();
  private final Map<String, InstanceKey> keysByWireId = new HashMap<>();
  private final Map<String, InstanceKey> keysByLeaseCheck = new HashMap<>();
  private final Map<InstanceKey, Long> removed = new HashMap<>(); // to the writes at the time
  private final Map<InstanceKey, Integer> registering = new HashMap<>(); // to calls under way
  private final Holdings holdings = new Holdings();
  private final Map<String, Long> indexes = new HashMap<>();
  private final List<Consumer<Entry>> onRemoved = new ArrayList<>();
  private final List<Consumer<Entry>> onTold = new ArrayList<>();
  private long index;
  private long indexOfUnknown; // grows when a service goes, so that who waited for it is told
  private long writes;

  Rows(Timers timers, Waiters waiters) {
    this.timers = timers;
    this.waiters = waiters;
    this.index = timers.instant().toEpochMilli(); // above that of an earlier life
    this.indexOfUnknown = index;
  }

  void onRemoved(Consumer<Entry> callback) {
    onRemoved.add(callback);
  }

  /** Calls back when the lease's check of a row has said something to another replica. */
  void onTold(Consumer<Entry> callback) {
    onTold.add(callback);
  }

  Collection<Entry> entries(String service) {
    return Collections.unmodifiableCollection(services.getOrDefault(service, Map.of()).values());
  }

  List<Entry> all() {
    return services.values().stream().flatMap(rows -> rows.values().stream()).toList();
  }

  Set<String> services() {
    return Collections.unmodifiableSet(services.keySet());
  }

  /** What is being registered here may be in the registry before its answer is. */
  boolean holdOthers() {
    return all().stream()
        .anyMatch(row -> row.registration() == null && !registering.containsKey(row.key()));
  }

  void registering(ServiceInstance instance) {
    registering.merge(instance.key(), 1, Integer::sum);
    holdings.hold(instance.key(), Sealed.of(instance).owner());
  }

  void registered(InstanceKey key) {
    registering.computeIfPresent(key, (same, calls) -> calls == 1 ? null : calls - 1);
    if (!registering.containsKey(key)) {
      holdings.hold(key, entry(key).map(Entry::owner).orElse(""));
    }
  }

  int size() {
    return services.values().stream().mapToInt(Map::size).sum();
  }

  Holdings holdings() {
    return holdings;
  }

  Optional<Entry> entry(InstanceKey key) {
    return Optional.ofNullable(services.getOrDefault(key.service(), Map.of()).get(key));
  }

  Optional<Entry> byWireId(String wireId) {
    return Optional.ofNullable(keysByWireId.get(wireId)).flatMap(this::entry);
  }

  Optional<Entry> byLeaseCheck(String checkId) {
    return Optional.ofNullable(keysByLeaseCheck.get(checkId)).flatMap(this::entry);
  }

  long index() {
    return index;
  }

  long index(String service) {
    return indexes.getOrDefault(service, indexOfUnknown);
  }

  @Override
  public boolean holds(String service) {
    return services.containsKey(service);
  }

  @Override
  public long writes() {
    return writes;
  }

  /** The registry has answered a write; what was read before it is old. */
  void written() {
    writes++;
  }

  void deregistered(InstanceKey key) {
    remove(key);
    removed.put(key, writes);
  }

  /** Takes what the registry holds now. */
  Entry put(ServiceInstance stored) {
    Map<InstanceKey, Entry> rows =
        services.computeIfAbsent(stored.service(), name -> new LinkedHashMap<>());
    Entry row = rows.get(stored.key());
    Instant now = timers.instant();
    if (row == null) {
      row = new Entry(stored, ++index, now);
      rows.put(stored.key(), row);
      changed(stored.service());
    } else {
      forgetIds(row);
      if (row.becomes(stored, index + 1, now)) {
        index++;
        changed(stored.service());
      }
    }
    keysByWireId.put(row.wireId(), row.key());
    keysByLeaseCheck.put(row.sealed().word().checkId(), row.key());
    holdings.hold(row.key(), row.owner());
    row.written(writes);
    return row;
  }

  private void forgetIds(Entry row) {
    keysByWireId.remove(row.wireId(), row.key());
    keysByLeaseCheck.remove(row.sealed().word().checkId(), row.key());
  }

  private void remove(InstanceKey key) {
    Map<InstanceKey, Entry> rows = services.getOrDefault(key.service(), Map.of());
    Entry row = rows.remove(key);
    if (row == null) {
      return;
    }
    forgetIds(row);
    if (!registering.containsKey(key)) {
      holdings.release(key);
    }
    index++;
    changed(key.service());
    if (rows.isEmpty()) {
      services.remove(key.service());
      indexes.remove(key.service());
      indexOfUnknown = index;
    }
    onRemoved.forEach(callback -> callback.accept(row));
  }

  /** A check of a row says something else. */
  void touch(Entry row, CheckState check) {
    row.modified(++index);
    check.modified(index);
    changed(row.key().service());
  }

  private void changed(String service) {
    indexes.put(service, index);
    waiters.changed(service);
    waiters.changed(ANY_SERVICE);
  }

  @Override
  public void accept(String service, List<ServiceInstance> list, long writesBefore) {
    Map<InstanceKey, ServiceInstance> fresh = new LinkedHashMap<>();
    list.forEach(instance -> fresh.put(instance.key(), instance));
    fresh.forEach(
        (key, instance) -> {
          Entry row = entry(key).orElse(null);
          boolean same = row != null && row.stored().equals(instance) && !row.isExpired();
          boolean newerHere = row != null && row.writtenAt() > writesBefore;
          boolean goneHere = removed.getOrDefault(key, -1L) > writesBefore;
          if (!same && !newerHere && !goneHere) {
            hear(put(instance));
          }
        });
    for (Entry row : List.copyOf(entries(service))) {
      if (!fresh.containsKey(row.key()) && row.writtenAt() <= writesBefore && !row.isExpired()) {
        expire(row);
      }
    }
    removed.values().removeIf(at -> at <= writesBefore);
  }

  /** The registry has it that the lease's check said something else, to another replica. */
  private void hear(Entry row) {
    LeaseWord word = row.sealed().word();
    Optional<CheckState> check = row.check(word.checkId());
    if (row.registration() != null && check.isPresent()) {
      if (check.get().says(word.status(), check.get().output(), timers.nanoTime())) {
        check.get().modified(index);
      }
      onTold.forEach(callback -> callback.accept(row));
    }
  }

  private void expire(Entry row) {
    Registration registration = row.registration();
    if (registration == null || registration.tenure().lingering().isZero()) {
      remove(row.key());
      return;
    }
    Duration lingering = registration.tenure().lingering();
    row.expires(++index);
    registration
        .leaseCheck()
        .flatMap(row::check)
        .filter(check -> check.says(CheckStatus.CRITICAL, TTL_EXPIRED, timers.nanoTime()))
        .ifPresent(check -> check.modified(index));
    changed(row.key().service());
    if (lingering.compareTo(Tenure.FOR_EVER) < 0) {
      long expiredAt = row.modifyIndex();
      timers.after(lingering, () -> bury(row.key(), expiredAt));
    }
  }

  private void bury(InstanceKey key, long expiredAt) {
    Optional<Entry> row = entry(key);
    if (row.isPresent() && row.get().isExpired() && row.get().modifyIndex() == expiredAt) {
      remove(key);
    }
  }
}
