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
import java.util.function.Predicate;
import java.util.function.Supplier;

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
  private static final Future<Renewal> UNKNOWN = Future.succeededFuture(Renewal.UNKNOWN);

  private final Timers timers;
  private final Waiters waiters;
  private final Rows rows;
  private final Store store;
  private final Verdicts verdicts;
  private final Follower follower;
  private final Orphans orphans;
  private final List<Consumer<Registration>> onRegistering = new ArrayList<>();
  private final List<Consumer<Entry>> onRegistered = new ArrayList<>();
  private final Scheduler.Timer keeper;
  private long lastIncarnation;

  /** A directory on the event loop of the calling context, on its timers. */
  public Directory(Vertx vertx, ServiceRegistry registry, TimeSource time) {
    this(vertx, registry, new LoopScheduler(vertx, time));
  }

  /** A directory on the event loop of the calling context, on a scheduler of the caller's. */
  public Directory(Vertx vertx, ServiceRegistry registry, Scheduler scheduler) {
    Context context = vertx.getOrCreateContext();
    this.timers = new Timers(context, scheduler);
    this.waiters = new Waiters(timers);
    this.rows = new Rows(timers, waiters);
    this.store = new Store(registry, context, rows);
    this.verdicts = new Verdicts(store, rows, timers);
    rows.onTold(verdicts::settle);
    this.follower = new Follower(timers, registry, rows);
    this.orphans = new Orphans(store, rows, timers);
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

  /** Who holds how many of them. */
  public Holdings holdings() {
    return rows.holdings();
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
    return find(() -> byWireId(wireId));
  }

  /** The same of the check that a row's lease stands for. */
  public Future<Optional<Entry>> findByLeaseCheck(String checkId) {
    return find(() -> rows.byLeaseCheck(checkId));
  }

  private Future<Optional<Entry>> find(Supplier<Optional<Entry>> row) {
    Optional<Entry> known = row.get();
    return known.isPresent()
        ? Future.succeededFuture(known)
        : follower.lookAgain().map(read -> row.get());
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
    held.ifPresent(row -> row.requireOwner(registration.owner()));
    sameId.ifPresent(row -> row.requireOwner(registration.owner()));
    if (sameId.isPresent() && !registration.movesId()) {
      throw new Refusal(
          409, "id: " + registration.wireId() + " (expected: one that no other service has)");
    }
    Future<?> free =
        sameId.isPresent()
            ? deregister(sameId.get().key(), OptionalLong.empty(), registration.owner())
            : Future.succeededFuture();
    return free.compose(
        done -> write(registration, CheckState.of(registration, held, timers.nanoTime())));
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
            registration.document(),
            registration.patience(),
            registration.leaseWord(checks));
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
    held.ifPresent(row -> row.requireOwner(owner));
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
              return held.filter(Entry::lingers).map(this::revive).orElse(UNKNOWN);
            });
  }

  private static Lease lease(Optional<Entry> held) {
    long incarnation = held.map(Entry::incarnation).filter(i -> i >= 0).orElse(0L);
    Duration ttl = held.map(Entry::ttl).filter(lease -> !lease.isZero()).orElse(DEFAULT_TTL);
    return new Lease(ttl, incarnation);
  }

  private Future<Renewal> revive(Entry expired) {
    Registration registration = expired.registration();
    return registration == null
        ? UNKNOWN
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
    held.ifPresent(row -> row.requireOwner(owner));
    boolean wasExpired = held.filter(Entry::isExpired).isPresent();
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

  /**
   * A check says something; where that changes whether the instance takes traffic, the registry is
   * told, so that every dialect and every reader of the registry knows. Completes when it knows.
   */
  public Future<Void> report(Entry row, CheckState check, CheckStatus status, String output) {
    return verdicts.report(row, check, status, output);
  }

  /**
   * The check that the lease of a row stands for says something, where the row was registered
   * elsewhere: renews the lease, and tells the registry, so that every replica knows.
   */
  public Future<Renewal> reportElsewhere(
      Entry row, CheckStatus status, Optional<Lease> life, String owner) {
    Lease lease = life.orElseGet(() -> lease(Optional.of(row)));
    return renew(row.key(), lease, owner)
        .compose(
            answer ->
                answer == Renewal.RENEWED
                    ? verdicts.reportElsewhere(row, status, lease).map(answer)
                    : UNKNOWN);
  }

  /**
   * Checks a row by one thing more, or anew if there is a check with this id. It may be refused as
   * a registration with it would be.
   */
  public Future<Void> check(Entry row, CheckDefinition definition, String owner) {
    row.requireOwner(owner);
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
    row.requireOwner(owner);
    Optional<CheckState> gone = row.check(id);
    return gone.isEmpty() ? Future.succeededFuture() : recheck(row, without(row, id), gone.get());
  }

  private static List<CheckState> without(Entry row, String id) {
    Predicate<CheckState> other = check -> !check.definition().id().equals(id);
    return new ArrayList<>(row.checks().stream().filter(other).toList());
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
    orphans.close();
    follower.close();
    waiters.close();
  }
}
