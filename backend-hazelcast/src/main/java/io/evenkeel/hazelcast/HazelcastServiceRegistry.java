package io.evenkeel.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryCall;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry on a Hazelcast cluster. {@code hazelcast://…} and {@code hazelcast-member://…} make
 * one with an instance of its own, see {@link HazelcastRegistryProvider}; {@link #over} uses an
 * instance that is there already, and never closes it.
 *
 * <h2>One map</h2>
 *
 * A value holds the instance, its incarnation, a version that grows with every renewal, and whether
 * it is a tombstone. These order any two values of a key, and every write, every event and every
 * merge keeps the higher one; see {@code Writes}. Each node mirrors the map, from events and from
 * reading it whole every minute and after every disturbance. Lists are made of the mirror.
 *
 * <h2>Leases</h2>
 *
 * A lease has run out when its version has not changed for its TTL by this node's own monotonic
 * clock, and the cluster, asked for the key, knows no newer one; see {@code Silence}. The map's TTL
 * is about twice as long and only collects garbage. So neither a clock that is wrong, nor a member
 * that is frozen, nor an expiry event that comes early or never decides who lives. A node that has
 * just come up cannot know how long an instance has been silent, and lists it for one TTL.
 *
 * <h2>When the cluster is away</h2>
 *
 * Changes fail with {@link RegistryException.Unavailable} within the deadline, and their outcome is
 * unknown: make them again. Lists are answered from the mirror, as {@link
 * ServiceSnapshot.Freshness#STALE}, and watchers hear an error; before the map was read for the
 * first time there is nothing to answer with. When the cluster is back, or merged, or lost members,
 * every node reads the map and puts again what it announced.
 *
 * <h2>Threads</h2>
 *
 * No call blocks; stages complete and listeners are called on the scheduler's thread, never on one
 * of Hazelcast's. A second thread, {@code evenkeel-hazelcast-reader}, does what can only block. On
 * one or two processors Hazelcast itself starts a thread for each answer to a single call, which
 * {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=2} spares; nothing here needs it.
 */
public final class HazelcastServiceRegistry implements ServiceRegistry {
  private final String name;
  private final HazelcastOptions options;
  private final Scheduler scheduler;
  private final boolean ownsScheduler;
  private final ClusterLink link;
  private final Mirror mirror;
  private final Watchers watchers;
  private final Silence silence;
  private final Writes writes;
  private final Reader reader;
  private final ClockSkew clockSkew = new ClockSkew(); // for the reader's thread
  private final Set<Runnable> endings = ConcurrentHashMap.newKeySet(); // of calls under way
  private volatile boolean closed;

  private HazelcastServiceRegistry(
      String name, ClusterLink.Origin origin, HazelcastOptions options, @Nullable Scheduler given) {
    this.name = name;
    this.options = options;
    this.ownsScheduler = given == null;
    this.scheduler = given == null ? Scheduler.daemon("evenkeel-hazelcast") : given;
    this.link = new ClusterLink(origin, scheduler);
    this.watchers = new Watchers(scheduler, this::lastSnapshot);
    this.mirror = new Mirror(watchers::onChange);
    this.silence = new Silence(scheduler, options.sweepPeriod(), mirror);
    this.writes = new Writes(link, mirror, silence, scheduler);
    this.reader = new Reader(scheduler, options, mirror::size, new ReadingHooks());
  }

  static HazelcastServiceRegistry start(
      String name, ClusterLink.Origin origin, HazelcastOptions options, @Nullable Scheduler given) {
    HazelcastServiceRegistry registry = new HazelcastServiceRegistry(name, origin, options, given);
    registry.link.open(new ClusterEvents(registry.writes, registry.reader));
    registry.silence.start(registry.withDeadline(), () -> registry.reader.read(false));
    return registry;
  }

  /** A registry on an instance that stays the caller's, with {@link HazelcastOptions#defaults}. */
  public static HazelcastServiceRegistry over(HazelcastInstance instance) {
    return over(instance, HazelcastOptions.defaults());
  }

  /**
   * A registry on an instance, member or client, that stays the caller's, with a daemon thread of
   * its own. The instance needs no configuration for it; a member's gains from {@link #configure}.
   */
  public static HazelcastServiceRegistry over(
      HazelcastInstance instance, HazelcastOptions options) {
    return start(nameOf(instance, options), originOf(instance, options), options, null);
  }

  /** As {@link #over(HazelcastInstance, HazelcastOptions)}, on a scheduler of the caller's. */
  public static HazelcastServiceRegistry over(
      HazelcastInstance instance, HazelcastOptions options, Scheduler scheduler) {
    return start(nameOf(instance, options), originOf(instance, options), options, scheduler);
  }

  private static ClusterLink.Origin originOf(HazelcastInstance instance, HazelcastOptions options) {
    return new ClusterLink.Origin(() -> instance, false, options.map(), false);
  }

  private static String nameOf(HazelcastInstance instance, HazelcastOptions options) {
    return "hazelcast:" + instance.getName() + "?map=" + options.map();
  }

  /**
   * Adds to a member's configuration what the registry gains from: two backups, so that the loss of
   * two members at once loses nothing (Hazelcast keeps as many as there are other members), and the
   * merge policy. Without them the nodes put again what was lost.
   *
   * @param map as in {@link HazelcastOptions#map}
   */
  public static Config configure(Config config, String map) {
    return config.addMapConfig(SafeConfig.map(map, SafeConfig.BACKUPS));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  /**
   * This member's place among the members as it sees them now; empty for a client, and until the
   * member is up. It moves when members come and go.
   */
  public Optional<MemberCoordinate> coordinate() {
    return link.coordinate();
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return answer(() -> writes.register(instance, lease));
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer(() -> writes.renew(key, lease));
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: >= 0)");
    }
    return answer(() -> writes.deregister(key, incarnation));
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    check(service);
    return answer(() -> afterFirstRead(() -> snapshot(service)));
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return answer(() -> afterFirstRead(mirror::services));
  }

  private static void check(String service) {
    String unused = new InstanceKey(service, "0").service(); // refuses what is not a name
  }

  private <T> CompletionStage<T> afterFirstRead(Supplier<T> answer) {
    return reader.hasRead()
        ? CompletableFuture.completedStage(answer.get())
        : reader
            .firstRead()
            .thenApplyAsync(done -> answer.get(), task -> scheduler.schedule(Duration.ZERO, task));
  }

  private @Nullable ServiceSnapshot lastSnapshot(String service) {
    return reader.hasRead() ? snapshot(service) : null;
  }

  private ServiceSnapshot snapshot(String service) {
    Mirror.Listing list = mirror.list(service);
    ServiceSnapshot.Freshness freshness =
        reader.isFresh() ? ServiceSnapshot.Freshness.FRESH : ServiceSnapshot.Freshness.STALE;
    return new ServiceSnapshot(
        service, list.revision(), list.instances(), name, freshness, reader.readAt());
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    check(service);
    if (closed) {
      throw new RegistryException.Closed(name);
    }
    Watch watch = watchers.add(service, listener);
    if (closed) { // meanwhile: close() may have missed this one
      watch.close();
      throw new RegistryException.Closed(name);
    }
    return watch;
  }

  /** Holds a call to the deadline, and to the end of this registry. */
  private <T> CompletionStage<T> answer(Supplier<CompletionStage<T>> call) {
    if (closed) {
      return CompletableFuture.failedStage(new RegistryException.Closed(name));
    }
    CompletableFuture<T> answer =
        RegistryCall.within(options.callDeadline(), scheduler, this, call).toCompletableFuture();
    CompletionStage<T> end = answer;
    Runnable ending = () -> answer.completeExceptionally(new RegistryException.Closed(name));
    endings.add(ending);
    end.whenComplete((value, error) -> ended(ending, error));
    if (closed) { // meanwhile: close() may have missed this one
      ending.run();
    }
    return answer;
  }

  private void ended(Runnable ending, @Nullable Throwable error) {
    endings.remove(ending);
    if (error instanceof RegistryException.Unavailable) {
      reader.read(false); // the cluster may be away
    }
  }

  /** The store, asked within the deadline. */
  private Store withDeadline() {
    return new Store() {
      @Override
      public CompletionStage<Optional<Registration>> get(InstanceKey key) {
        return within(() -> link.get(key));
      }

      @Override
      public CompletionStage<Optional<Registration>> swap(Registration registration) {
        return within(() -> link.swap(registration));
      }

      @Override
      public CompletionStage<Map<InstanceKey, Registration>> getAll(Set<InstanceKey> keys) {
        Duration longer = Reader.PER_ENTRY.multipliedBy(keys.size());
        return within(options.callDeadline().plus(longer), () -> link.getAll(keys));
      }

      private <T> CompletionStage<T> within(Supplier<CompletionStage<T>> call) {
        return within(options.callDeadline(), call);
      }

      private <T> CompletionStage<T> within(Duration deadline, Supplier<CompletionStage<T>> call) {
        return RegistryCall.within(deadline, scheduler, HazelcastServiceRegistry.this, call);
      }
    };
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    reader.close();
    silence.stop();
    watchers.end();
    endings.forEach(Runnable::run);
    link.close();
    if (ownsScheduler) {
      scheduler.close();
    }
  }

  /** How the reader reaches the rest. */
  private final class ReadingHooks implements Reader.Hooks {
    @Override
    public void readAll(Consumer<@Nullable RuntimeException> whenDone) {
      link.onWorker(
          () -> {
            RuntimeException failure = null;
            try {
              link.readAll(writes::heard);
              link.skew().ifPresent(skew -> clockSkew.check(skew, mirror.shortestTtl()));
            } catch (RuntimeException e) {
              failure = e;
            }
            whenDone.accept(failure);
          });
    }

    @Override
    public void onTrouble(RegistryException error) {
      watchers.onTrouble(error);
    }

    @Override
    public void onRecovery() {
      watchers.onRecovery();
    }

    @Override
    public void putOwnAgain() {
      writes.putAgain(mirror.own());
    }
  }
}
