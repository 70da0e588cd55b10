package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The registry as the dialects see it: every row with its checks, its index and its owner. Writes
 * go to the registry first and show here when it has accepted them; what others write to the
 * registry shows here within moments. All calls and all callbacks are on one event loop, so there
 * are no locks.
 *
 * <p>The registry's lease is the only judge of who is alive. A dialect that shows the dead for a
 * while (Consul as critical, the heartbeat registry as stale) finds them here as {@link
 * Entry#isExpired() expired} rows, which a late sign of life registers again.
 */
public final class Directory {
  private static final Duration DEFAULT_TTL = Duration.ofSeconds(30);
  private static final Duration KEEP_STANDING = Duration.ofHours(1);

  private final ServiceRegistry registry;
  private final Timers timers;
  private final Waiters waiters;
  private final Rows rows;
  private final Store store;
  private final Verdicts verdicts;
  private final Follower follower;
  private final List<Consumer<Registration>> onRegistering = new ArrayList<>();
  private final List<Consumer<Entry>> onRegistered = new ArrayList<>();
  private final Scheduler.Timer keeper;
  private Future<Void> reading = Future.succeededFuture();
  private long lastIncarnation;

  /** A directory on the event loop of the calling context, on its timers and these clocks. */
  public Directory(Vertx vertx, ServiceRegistry registry, TimeSource time) {
    this(vertx, registry, new LoopScheduler(vertx, time));
  }

  /** A directory on the event loop of the calling context, on a scheduler of the caller's. */
  public Directory(Vertx vertx, ServiceRegistry registry, Scheduler scheduler) {
    Context context = vertx.getOrCreateContext();
    this.registry = registry;
    this.timers = new Timers(context, scheduler);
    this.waiters = new Waiters(timers);
    this.rows = new Rows(timers, waiters);
    this.store = new Store(registry, context, rows);
    this.verdicts = new Verdicts(store, rows, timers);
    this.follower = new Follower(timers, registry, rows);
    this.keeper = timers.every(KEEP_STANDING, this::keepStanding);
  }

  /** Clocks and timers on the directory's event loop. */
  public Timers timers() {
    return timers;
  }

  /** Reads what the registry holds; completes when it has been read. */
  public Future<Void> load() {
    return follower.lookForServices();
  }

  /** Calls back before a registration is made; a {@link Refusal} thrown prevents it. */
  public void onRegistering(Consumer<Registration> callback) {
    onRegistering.add(callback);
  }

  /**
   * Calls back for every registration made here, also for one that replaces another, and when the
   * checks of a row have become others.
   */
  public void onRegistered(Consumer<Entry> callback) {
    onRegistered.add(callback);
  }

  /** Calls back for every row that has gone. */
  public void onRemoved(Consumer<Entry> callback) {
    rows.onRemoved(callback);
  }

  /** The rows of a service in the order of their registration, expired ones among them. */
  public Collection<Entry> entries(String service) {
    return rows.entries(service);
  }

  /** The names of the services that have rows, sorted. */
  public Set<String> services() {
    return rows.services();
  }

  /** Whether there are rows that were registered elsewhere, or in an earlier life. */
  public boolean holdsOthers() {
    return rows.holdOthers();
  }

  /** How many rows there are. */
  public int size() {
    return rows.size();
  }

  /** A row by its key. */
  public Optional<Entry> entry(InstanceKey key) {
    return rows.entry(key);
  }

  /** A row by its wire id. */
  public Optional<Entry> byWireId(String wireId) {
    return rows.byWireId(wireId);
  }

  /**
   * A row by its wire id, looked for in the registry where it is not known here: it may have been
   * registered with another replica a moment ago.
   */
  public Future<Optional<Entry>> find(String wireId) {
    Optional<Entry> known = byWireId(wireId);
    return known.isPresent() || !isShared()
        ? Future.succeededFuture(known)
        : freshly().map(read -> byWireId(wireId));
  }

  /** Reads at once for all who ask meanwhile, so that unknown ids cost the registry little. */
  private Future<Void> freshly() {
    if (reading.isComplete()) {
      reading = load();
    }
    return reading;
  }

  /** Whether others may write to the registry: everything but one inside this process. */
  private boolean isShared() {
    return !registry.name().startsWith("inmemory:");
  }

  /** The index of the last change of a service; never 0, and growing. */
  public long index(String service) {
    return rows.index(service);
  }

  /** The index of the last change of any service. */
  public long index() {
    return rows.index();
  }

  /** Whether the registry answered the last time it was asked. */
  public boolean isReachable() {
    return follower.isReachable();
  }

  /**
   * Completes at the change of a service, or of any where its name is empty, that leaves something
   * no longer as it was; also when the time is over, the client has gone, or the server stops.
   */
  public Future<Void> change(
      String service, BooleanSupplier asItWas, Duration patience, Future<Void> gone) {
    return waiters.change(service, asItWas, patience, gone);
  }

  /** How many wait for a change. */
  public int waiting() {
    return waiters.count();
  }

  /**
   * Registers, or replaces what this owner registered before. Fails with a {@link Refusal} 403 for
   * another's row and 409 for an id that belongs to another service, and with the registry's own
   * errors.
   */
  public Future<Lease> register(Registration given) {
    Registration registration = given.withOwnCheck();
    onRegistering.forEach(callback -> callback.accept(registration));
    InstanceKey key = registration.instance().key();
    Optional<Entry> held = entry(key);
    Optional<Entry> sameId = byWireId(registration.wireId()).filter(row -> !row.key().equals(key));
    held.ifPresent(row -> mayChange(row, registration.owner()));
    sameId.ifPresent(row -> mayChange(row, registration.owner()));
    if (sameId.isPresent() && !registration.movesId()) {
      throw new Refusal(
          409, "id: " + registration.wireId() + " (expected: one that no other service has)");
    }
    Future<?> free =
        sameId.isPresent()
            ? deregister(sameId.get().key(), OptionalLong.empty(), registration.owner())
            : Future.succeededFuture();
    return free.compose(done -> write(registration, checks(registration, held)));
  }

  private List<CheckState> checks(Registration registration, Optional<Entry> held) {
    List<CheckState> checks = new ArrayList<>();
    for (CheckDefinition definition : registration.checks()) {
      checks.add(
          held.flatMap(row -> row.check(definition.id()))
              .filter(known -> known.definition().equals(definition))
              .orElseGet(() -> new CheckState(definition, timers.nanoTime())));
    }
    return checks;
  }

  private Future<Lease> write(Registration registration, List<CheckState> checks) {
    OptionalLong given = registration.tenure().incarnation();
    long incarnation = given.isPresent() ? given.getAsLong() : nextIncarnation();
    return write(registration, checks, incarnation)
        .recover(
            error ->
                error instanceof RegistryException.Superseded inTheWay && given.isEmpty()
                    ? write(registration, checks, inTheWay.holder() + 1)
                    : Future.failedFuture(error));
  }

  private Future<Lease> write(
      Registration registration, List<CheckState> checks, long incarnation) {
    Tenure tenure = registration.tenure();
    Sealed sealed =
        new Sealed(
            registration.wireId(),
            registration.owner(),
            tenure.incarnation().isPresent() ? -1 : incarnation,
            tenure.keptByServer(),
            registration.document());
    ServiceInstance judged = Verdicts.judged(registration.instance(), checks);
    ServiceInstance stored = sealed.close(judged);
    return store
        .register(stored, new Lease(tenure.ttl(), incarnation))
        .map(
            grant -> {
              Entry entry = rows.put(stored);
              entry.registered(registration, checks, incarnation, grant.ttl());
              entry.seen(timers.instant());
              checks.stream().filter(CheckState::isNew).forEach(check -> rows.touch(entry, check));
              follower.follow(stored.service());
              onRegistered.forEach(callback -> callback.accept(entry));
              return grant;
            });
  }

  private long nextIncarnation() {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, timers.instant());
    lastIncarnation = Math.max(lastIncarnation + 1, now);
    return lastIncarnation;
  }

  /**
   * Renews a lease; {@link Renewal#UNKNOWN} for a row that is not there. A row that has expired but
   * is still shown is registered again.
   *
   * @param incarnation as the client said; without one, the row's own
   */
  public Future<Renewal> renew(InstanceKey key, OptionalLong incarnation, String owner) {
    Lease own = lease(entry(key));
    return renew(key, new Lease(own.ttl(), incarnation.orElse(own.incarnation())), owner);
  }

  /** The same, with another TTL from now on. */
  public Future<Renewal> renew(InstanceKey key, Lease lease, String owner) {
    Optional<Entry> held = entry(key);
    held.ifPresent(row -> mayChange(row, owner));
    if (held.isPresent() && held.get().isExpired()) {
      return revive(held.get());
    }
    return store
        .renew(key, lease)
        .compose(
            answer -> {
              if (answer == Renewal.RENEWED) {
                held.ifPresent(row -> row.seen(timers.instant()));
                return Future.succeededFuture(answer);
              }
              follower.readSoon(key.service());
              return held.filter(Entry::lingers).map(this::revive).orElse(unknown());
            });
  }

  private static Lease lease(Optional<Entry> held) {
    long incarnation = held.map(Entry::incarnation).filter(i -> i >= 0).orElse(0L);
    Duration ttl = held.map(Entry::ttl).filter(lease -> !lease.isZero()).orElse(DEFAULT_TTL);
    return new Lease(ttl, incarnation);
  }

  private static Future<Renewal> unknown() {
    return Future.succeededFuture(Renewal.UNKNOWN);
  }

  private Future<Renewal> revive(Entry expired) {
    Registration registration = expired.registration();
    return registration == null
        ? unknown()
        : write(registration, expired.checks(), expired.incarnation())
            .map(grant -> Renewal.RENEWED);
  }

  /**
   * Deregisters for good; completes with whether it was there.
   *
   * @param incarnation as the client said; without one, whatever incarnation is there
   */
  public Future<Boolean> deregister(InstanceKey key, OptionalLong incarnation, String owner) {
    Optional<Entry> held = entry(key);
    held.ifPresent(row -> mayChange(row, owner));
    boolean wasExpired = held.isPresent() && held.get().isExpired();
    return store
        .deregister(key, incarnation.orElse(ServiceRegistry.ANY_INCARNATION))
        .map(
            existed -> {
              if (existed || wasExpired) {
                rows.deregistered(key);
              }
              return existed || wasExpired;
            });
  }

  private static void mayChange(Entry row, String owner) {
    if (!row.owner().equals(owner)) {
      throw new Refusal(403, "Permission denied: " + row.wireId() + " belongs to another");
    }
  }

  /**
   * A check says something; where that changes whether the instance takes traffic, the registry is
   * told, so that every dialect and every reader of the registry knows. Completes when it knows.
   */
  public Future<Void> report(Entry row, CheckState check, CheckStatus status, String output) {
    return verdicts.report(row, check, status, output);
  }

  /**
   * Checks a row by one thing more, or anew if there is a check with this id. It may be refused as
   * a registration with it would be.
   */
  public Future<Void> check(Entry row, CheckDefinition definition, String owner) {
    mayChange(row, owner);
    Registration registration = row.registration();
    if (registration == null) {
      throw new Refusal(409, row.wireId() + ": registered elsewhere (expected: here)");
    }
    Registration more = registration.checkedBy(List.of(definition));
    onRegistering.forEach(callback -> callback.accept(more));
    CheckState added = new CheckState(definition, timers.nanoTime());
    List<CheckState> checks = without(row, definition.id());
    checks.add(added);
    return recheck(row, checks, added);
  }

  /** Checks a row by one thing less; nothing happens if there is no such check. */
  public Future<Void> uncheck(Entry row, String id, String owner) {
    mayChange(row, owner);
    Optional<CheckState> gone = row.check(id);
    return gone.isEmpty() ? Future.succeededFuture() : recheck(row, without(row, id), gone.get());
  }

  private static List<CheckState> without(Entry row, String id) {
    List<CheckState> checks = new ArrayList<>(row.checks());
    checks.removeIf(check -> check.definition().id().equals(id));
    return checks;
  }

  private Future<Void> recheck(Entry row, List<CheckState> checks, CheckState changed) {
    row.checkedBy(List.copyOf(checks));
    rows.touch(row, changed);
    onRegistered.forEach(callback -> callback.accept(row));
    return verdicts.settle(row);
  }

  private void keepStanding() {
    for (Entry row : rows.all()) {
      if (row.sealed().standing() && row.incarnation() >= 0) {
        store.renew(row.key(), new Lease(Lease.MAX_TTL, row.incarnation()));
      }
    }
  }

  /** Lets everyone who waits go, and follows the registry no more. */
  public void close() {
    keeper.cancel();
    follower.close();
    waiters.close();
  }
}
