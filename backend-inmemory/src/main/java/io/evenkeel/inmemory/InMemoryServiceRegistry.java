package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.LeaseClock;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The registry inside one JVM: the embedded default, and the reference of what every backend must
 * do. Built for 100,000 instances and 10,000 watchers.
 *
 * <h2>Leases</h2>
 *
 * A registration and the tombstone of one are the same thing, a row with a deadline. Renewing
 * writes the deadline and nothing else. The sweeper meets a row about once per TTL, in a timing
 * wheel, and looks at the deadline then: O(1) per instance and TTL, never a scan. Deadlines are in
 * lease time, which follows the monotonic clock and stands still when the sweeper does, so that
 * neither a jump of the wall clock nor a frozen process expires anyone; see {@link LeaseClock}. A
 * crashed instance is gone after its TTL and at most one sweep, unless so many expired with it that
 * the guard doubts it; see {@link InMemoryOptions}.
 *
 * <h2>Incarnations and tombstones</h2>
 *
 * A row refuses a lower incarnation; a tombstone refuses its own too, until 2 × TTL and at least 60
 * s have passed. Deregistering what was never seen leaves a tombstone, since its registration may
 * still be on the way. {@link #ANY_INCARNATION} buries the incarnation it finds, so that the next
 * life is welcome. A lease that ran out leaves nothing: who was only silent may come back.
 *
 * <h2>Watching</h2>
 *
 * Listeners are called on the scheduler's thread, without a lock held; with the testkit's manual
 * time that is the thread that calls {@code runDue} or {@code advance}. They share that thread with
 * the sweeper, so a listener that blocks holds up every lease. A change raises a flag; the list is
 * built once per dispatch, whatever happened in between, and shared by all who hear it. A change
 * costs its own service's size and watchers, and no other's.
 *
 * <h2>Threads and locks</h2>
 *
 * One lock per service, held for a few field writes, or while the list is built. A service that
 * holds nothing any more is retired under its lock; whoever had just looked it up tries again. The
 * sweeper runs on the scheduler and takes the lock of one row's service at a time. Stages are
 * complete when they are returned.
 */
public final class InMemoryServiceRegistry implements ServiceRegistry {
  private static final String NAME = "inmemory:";

  private final Shared shared;
  private final boolean ownsScheduler;
  private final Sweeper sweeper;
  private final ConcurrentHashMap<String, Listing> listings = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private InMemoryServiceRegistry(
      Scheduler scheduler, boolean ownsScheduler, InMemoryOptions options) {
    this.shared = Shared.of(scheduler, options);
    this.ownsScheduler = ownsScheduler;
    this.sweeper = new Sweeper(shared, options, this::isExpired, this::evict);
  }

  /** A registry with {@link InMemoryOptions#defaults()} and a daemon thread of its own. */
  public static InMemoryServiceRegistry create() {
    return create(InMemoryOptions.defaults());
  }

  /** A registry with a daemon thread of its own, which {@link #close()} ends. */
  public static InMemoryServiceRegistry create(InMemoryOptions options) {
    return start(new InMemoryServiceRegistry(Scheduler.daemon("evenkeel-inmemory"), true, options));
  }

  /** A registry with {@link InMemoryOptions#defaults()} on a scheduler that stays the caller's. */
  public static InMemoryServiceRegistry create(Scheduler scheduler) {
    return create(scheduler, InMemoryOptions.defaults());
  }

  /** A registry that sweeps and calls listeners on a scheduler that stays the caller's. */
  public static InMemoryServiceRegistry create(Scheduler scheduler, InMemoryOptions options) {
    return start(new InMemoryServiceRegistry(scheduler, false, options));
  }

  private static InMemoryServiceRegistry start(InMemoryServiceRegistry registry) {
    registry.sweeper.start();
    return registry;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return answer(
        () -> in(instance.service(), l -> l.register(instance, lease, sweeper.leaseTime())));
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer(
        () -> {
          Listing listing = listings.get(key.service());
          return listing == null
              ? Renewal.UNKNOWN
              : locked(listing, l -> l.renew(key.id(), lease, sweeper.leaseTime()));
        });
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: >= 0)");
    }
    return answer(
        () -> in(key.service(), l -> l.deregister(key.id(), incarnation, sweeper.leaseTime())));
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    return answer(() -> snapshotOf(service));
  }

  private ServiceSnapshot snapshotOf(String service) {
    long revision = shared.revisions().get(); // read first: not above that of a list made meanwhile
    Listing listing = listings.get(service);
    return listing == null
        ? snapshot(service, revision, List.of(), shared.scheduler())
        : listing.snapshot();
  }

  static ServiceSnapshot snapshot(
      String service, long revision, List<ServiceInstance> list, TimeSource time) {
    return new ServiceSnapshot(
        service, revision, list, NAME, ServiceSnapshot.Freshness.FRESH, time.instant());
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return answer(
        () ->
            listings.entrySet().stream()
                .filter(entry -> entry.getValue().hasInstances())
                .map(entry -> entry.getKey())
                .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    if (closed) {
      throw new RegistryException.Closed(NAME);
    }
    Subscription subscription = new Subscription(listener, ended -> unwatch(service, ended));
    in(
        service,
        listing -> {
          listing.watchers().add(subscription);
          return subscription;
        });
    if (closed) { // meanwhile: close() may have missed this one
      subscription.close();
      throw new RegistryException.Closed(NAME);
    }
    return subscription;
  }

  private void unwatch(String service, Subscription subscription) {
    in(
        service,
        listing -> {
          listing.watchers().remove(subscription);
          return subscription;
        });
  }

  private boolean isExpired(Row row, long now) {
    return locked(row.listing, listing -> listing.isExpired(row, now));
  }

  private boolean evict(Row row, long now) {
    return locked(row.listing, listing -> listing.evict(row, now));
  }

  private <T> CompletionStage<T> answer(Supplier<T> call) {
    if (closed) {
      return CompletableFuture.failedStage(new RegistryException.Closed(NAME));
    }
    try {
      return CompletableFuture.completedStage(call.get());
    } catch (RegistryException refused) {
      return CompletableFuture.failedStage(refused);
    }
  }

  /** Runs an action in the listing of a service, which is made where there is none. */
  private <T> T in(String service, Function<Listing, T> action) {
    while (true) {
      Listing listing = listings.computeIfAbsent(service, name -> new Listing(name, shared));
      synchronized (listing) {
        if (!listing.isRetired()) {
          return locked(listing, action);
        }
      }
    }
  }

  private <T> T locked(Listing listing, Function<Listing, T> action) {
    synchronized (listing) {
      try {
        return action.apply(listing);
      } finally {
        if (listing.retireIfIdle()) {
          listings.remove(listing.service(), listing);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    sweeper.stop();
    listings.values().forEach(listing -> listing.watchers().end());
    if (ownsScheduler) {
      shared.scheduler().close();
    }
  }
}
