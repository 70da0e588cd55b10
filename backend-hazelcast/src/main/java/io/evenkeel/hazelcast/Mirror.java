package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the map: of each key the registration of the highest rank it has heard
 * of, and when its rank last changed, in this node's lease time. Snapshots are made of it and
 * leases are measured in it.
 *
 * <p>That an entry left the map changes nothing here: entries are lost with partitions, swept by a
 * member whose clock is ahead, or cleared by hand, while the instance lives. Only silence counts,
 * see {@link Silence}. A registration that fell silent is kept for a while, unlisted, so that the
 * copy of it which may still be in the map is not taken for a new one.
 *
 * <p>Safe from any thread; its lock is held for a few field writes, or while a list is built.
 */
final class Mirror {
  /** How long after its end a silent registration is remembered: two repairs and a skewed clock. */
  private static final long MEMORY_NANOS = Duration.ofMinutes(3).toNanos();

  private static final Duration USUAL_TTL = Duration.ofSeconds(30);

  private final Map<String, Table> tables = new LinkedHashMap<>(); // guarded by this
  private final Consumer<String> onChange; // of a service's list; called under the lock
  private long revisions; // guarded by this: changes of all lists
  private int size; // guarded by this: all entries, tombstones and silent ones among them

  Mirror(Consumer<String> onChange) {
    this.onChange = onChange;
  }

  /** What a registration was to the mirror. */
  enum Verdict {
    NEWS,
    KNOWN,
    /** The mirror knows one of higher rank. */
    OUTRANKED
  }

  /** What is known of a key. */
  record Known(Registration registration, boolean silent) {
    boolean isListed() {
      return !silent && !registration.isTombstone();
    }

    boolean refuses(long incarnation) {
      return !silent && registration.refuses(incarnation);
    }
  }

  /** A list and the revision of its last change. */
  record Listing(long revision, List<ServiceInstance> instances) {}

  synchronized Verdict offer(Registration heard, long leaseNow) {
    Table table = tables.computeIfAbsent(heard.key().service(), name -> new Table(revisions));
    Entry entry = table.entries.get(heard.key().id());
    if (entry == null) {
      table.entries.put(heard.key().id(), new Entry(heard, leaseNow));
      size++;
      changedIf(heard.instance() != null, table, heard.key().service());
      return Verdict.NEWS;
    }
    if (entry.held.hasRankOf(heard)) {
      return Verdict.KNOWN;
    }
    if (!entry.silent && !heard.outranks(entry.held)) {
      return Verdict.OUTRANKED;
    }
    ServiceInstance before = entry.listed();
    entry.hear(heard, leaseNow);
    ServiceInstance after = entry.listed();
    changedIf(before == null ? after != null : !before.equals(after), table, heard.key().service());
    return Verdict.NEWS;
  }

  private void changedIf(boolean changed, Table table, String service) {
    if (changed) {
      table.revision = ++revisions;
      table.list = null;
      onChange.accept(service);
    }
  }

  synchronized @Nullable Known known(InstanceKey key) {
    Entry entry = entry(key);
    return entry == null ? null : new Known(entry.held, entry.silent);
  }

  private @Nullable Entry entry(InstanceKey key) {
    Table table = tables.get(key.service());
    return table == null ? null : table.entries.get(key.id());
  }

  /** Whether exactly this registration is known to have fallen silent. */
  synchronized boolean isSilent(Registration registration) {
    Entry entry = entry(registration.key());
    return entry != null && entry.silent && entry.held.hasRankOf(registration);
  }

  /** Notes that this node announces the key, and is to put it again when the cluster lost it. */
  synchronized void own(InstanceKey key) {
    Entry entry = entry(key);
    if (entry != null) {
      entry.own = true;
    }
  }

  /** The listed registrations that this node announced. */
  synchronized List<Registration> own() {
    List<Registration> own = new ArrayList<>();
    for (Table table : tables.values()) {
      for (Entry entry : table.entries.values()) {
        if (entry.own && entry.listed() != null) {
          own.add(entry.held);
        }
      }
    }
    return own;
  }

  synchronized boolean isOwn(InstanceKey key) {
    Entry entry = entry(key);
    return entry != null && entry.own && entry.listed() != null;
  }

  /**
   * Those that have been silent for their TTL; each is answered once, until {@link #doubted} or
   * news. Forgets what has long ended.
   */
  synchronized List<Registration> takeSilent(long leaseNow) {
    List<Registration> silent = new ArrayList<>();
    for (Table table : tables.values()) {
      int before = table.entries.size();
      table.entries.values().removeIf(entry -> entry.isForgettable(leaseNow));
      size -= before - table.entries.size();
      for (Entry entry : table.entries.values()) {
        if (entry.isOverdue(leaseNow)) {
          entry.asked = true;
          silent.add(entry.held);
        }
      }
    }
    tables.values().removeIf(table -> table.entries.isEmpty());
    return silent;
  }

  /** The silence could not be confirmed: it is to be looked at again. */
  synchronized void doubted(Registration registration) {
    Entry entry = entry(registration.key());
    if (entry != null) {
      entry.asked = false;
    }
  }

  /** The silence is confirmed: unlists it, unless there was news meanwhile. */
  synchronized boolean end(Registration registration) {
    Entry entry = entry(registration.key());
    if (entry == null || entry.silent || !entry.held.hasRankOf(registration)) {
      return false;
    }
    entry.silent = true;
    entry.own = false;
    String service = registration.key().service();
    Table table = tables.get(service);
    if (table != null) {
      changedIf(!registration.isTombstone(), table, service);
    }
    return true;
  }

  synchronized Listing list(String service) {
    Table table = tables.get(service);
    return table == null
        ? new Listing(revisions, List.of())
        : new Listing(table.revision, table.list());
  }

  synchronized Set<String> services() {
    Set<String> names = new TreeSet<>();
    tables.forEach(
        (name, table) -> {
          if (!table.list().isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }

  synchronized int size() {
    return size;
  }

  /** The shortest lease that is listed; the usual 30 s where there is none. */
  synchronized Duration shortestTtl() {
    return tables.values().stream()
        .flatMap(table -> table.entries.values().stream())
        .filter(entry -> entry.listed() != null)
        .map(entry -> entry.held.ttl())
        .min(Comparator.naturalOrder())
        .orElse(USUAL_TTL);
  }

  /** One service. */
  private static final class Table {
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long revision;
    private @Nullable List<ServiceInstance> list; // null after a change

    private Table(long revision) {
      this.revision = revision;
    }

    private List<ServiceInstance> list() {
      if (list == null) {
        List<ServiceInstance> instances = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
          ServiceInstance listed = entry.listed();
          if (listed != null) {
            instances.add(listed);
          }
        }
        list = List.copyOf(instances); // immutable: snapshots share it instead of copying it
      }
      return list;
    }
  }

  /** One key. A plain holder of fields, since one exists per instance. */
  private static final class Entry {
    private Registration held;
    private long heardAt; // lease time
    private boolean silent; // its end is confirmed
    private boolean asked; // its silence is being confirmed
    private boolean own;

    private Entry(Registration held, long leaseNow) {
      this.held = held;
      this.heardAt = leaseNow;
    }

    private void hear(Registration heard, long leaseNow) {
      own = own && !silent && heard.incarnation() == held.incarnation() && !heard.isTombstone();
      boolean samePayload = heard.instance() != null && heard.hasPayloadOf(held);
      held = samePayload ? withPayloadOf(held, heard) : heard;
      heardAt = leaseNow;
      silent = false;
      asked = false;
    }

    /** Keeps the payload at hand, so that renewals leave no second copy of it on the heap. */
    private static Registration withPayloadOf(Registration held, Registration heard) {
      return new Registration(
          held.key(),
          heard.incarnation(),
          heard.version(),
          heard.ttl(),
          held.instance(),
          held.unknown());
    }

    private @Nullable ServiceInstance listed() {
      return silent ? null : held.instance();
    }

    private boolean isOverdue(long leaseNow) {
      return !silent && !asked && !held.isTombstone() && leaseNow - heardAt >= held.ttl().toNanos();
    }

    private boolean isForgettable(long leaseNow) {
      long age = leaseNow - heardAt - held.ttl().toNanos();
      return held.isTombstone() ? age >= 0 : silent && age >= MEMORY_NANOS;
    }
  }
}
