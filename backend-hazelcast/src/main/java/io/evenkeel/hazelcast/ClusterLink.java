package io.evenkeel.hazelcast;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node's way to the cluster: brings the instance up, listens, and moves single keys. All that
 * Hazelcast does only blocking, starting, registering listeners and reading everything, happens on
 * one thread of our own, {@code evenkeel-hazelcast-reader}; everything else is asynchronous and
 * continues on the registry's scheduler.
 */
final class ClusterLink implements Store {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** How long listeners on the user's instance may take to be removed; a frozen member is gone. */
  private static final Duration DETACH_WITHIN = Duration.ofMinutes(1);

  /** Not a key of ours, since it has no slash: written once, so that the schema is known. */
  private static final String MARKER = "evenkeel";

  private final Origin origin;
  private final Scheduler scheduler;
  private final Scheduler worker = Scheduler.daemon("evenkeel-hazelcast-reader");
  private final CompletableFuture<IMap<String, Object>> opened = new CompletableFuture<>();
  private final List<Runnable> detachments = new ArrayList<>(); // guarded by this
  private final AtomicBoolean asking = new AtomicBoolean(); // many keys at once
  private volatile @Nullable HazelcastInstance instance; // written by the worker
  private volatile boolean closed;

  /**
   * Where the instance comes from and whose it is.
   *
   * @param instances makes the instance, or hands over the user's; may block
   * @param isOurs whether it is shut down with the registry
   * @param map the map's name
   * @param hasSerializer whether the instance was configured by us; see RegistrationSerializer
   */
  record Origin(
      Supplier<HazelcastInstance> instances, boolean isOurs, String map, boolean hasSerializer) {}

  ClusterLink(Origin origin, Scheduler scheduler) {
    this.origin = origin;
    this.scheduler = scheduler;
  }

  /** Begins to bring the instance up; {@code events} hears all that happens from then on. */
  void open(ClusterEvents events) {
    worker.schedule(Duration.ZERO, () -> tryToOpen(events));
  }

  private void tryToOpen(ClusterEvents events) {
    if (closed) {
      return;
    }
    try {
      HazelcastInstance up = instance;
      if (up == null) {
        up = origin.instances.get();
        instance = up;
        if (closed) { // meanwhile: close() has missed it
          shutDownIfOurs(up);
          return;
        }
        listenTo(up, events);
      }
      attach(up, events);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, () -> "no way to the cluster yet: " + e);
      if (!closed) {
        worker.schedule(
            Randomness.jitter(RETRY, 0.3, Randomness.perThread()), () -> tryToOpen(events));
      }
    }
  }

  private void listenTo(HazelcastInstance up, ClusterEvents events) {
    UUID lifecycle = up.getLifecycleService().addLifecycleListener(events);
    UUID members = up.getCluster().addMembershipListener(events);
    onDetach(() -> up.getLifecycleService().removeLifecycleListener(lifecycle));
    onDetach(() -> up.getCluster().removeMembershipListener(members));
  }

  private void attach(HazelcastInstance up, ClusterEvents events) {
    IMap<String, Object> map = up.getMap(origin.map);
    map.set(MARKER, encode(marker()), 1, TimeUnit.SECONDS);
    UUID entries = map.addEntryListener(events, true);
    onDetach(() -> map.removeEntryListener(entries));
    UUID losses = map.addPartitionLostListener(events);
    onDetach(() -> map.removePartitionLostListener(losses));
    opened.complete(map);
    events.onOpen();
  }

  private static Registration marker() {
    return Registration.tombstone(new InstanceKey(MARKER, MARKER), 0, 0, RETRY);
  }

  /**
   * How far the cluster's clock, which is its oldest member's, is ahead of this member's machine;
   * empty on a client, whose clock decides nothing.
   */
  Optional<Duration> skew() {
    HazelcastInstance up = instance;
    if (up == null || closed || !isMember(up)) {
      return Optional.empty();
    }
    Instant cluster = Instant.ofEpochMilli(up.getCluster().getClusterTime());
    return Optional.of(Duration.between(scheduler.instant(), cluster));
  }

  private static boolean isMember(HazelcastInstance up) {
    return up.getLocalEndpoint() instanceof Member;
  }

  private synchronized void onDetach(Runnable detachment) {
    detachments.add(detachment);
  }

  /** Runs a task that may block. */
  void onWorker(Runnable task) {
    worker.schedule(Duration.ZERO, task);
  }

  /** Reads the whole map; blocks, so on the worker only. */
  void readAll(Consumer<Registration> reader) {
    IMap<String, Object> map = map();
    try {
      map.entrySet().forEach(entry -> hand(entry.getKey(), entry.getValue(), reader));
    } catch (HazelcastSerializationException poisoned) {
      LOG.log(Level.WARNING, () -> "a foreign value in the map, reading one by one: " + poisoned);
      map.keySet().forEach(key -> readOne(map, key, reader));
    }
  }

  private IMap<String, Object> map() {
    IMap<String, Object> map = opened.getNow(null);
    if (map == null) {
      throw new IllegalStateException("the cluster was not reached yet");
    }
    return map;
  }

  private static void readOne(IMap<String, Object> map, String key, Consumer<Registration> reader) {
    try {
      hand(key, map.get(key), reader);
    } catch (HazelcastSerializationException refused) {
      LOG.log(Level.WARNING, () -> "a foreign value in the map was refused: " + refused);
    }
  }

  @Override
  public CompletionStage<Map<InstanceKey, Registration>> getAll(Set<InstanceKey> keys) {
    if (!asking.compareAndSet(false, true)) {
      return CompletableFuture.failedStage(
          new IllegalStateException("the cluster has not answered the question before this one"));
    }
    CompletableFuture<Map<InstanceKey, Registration>> answer = new CompletableFuture<>();
    onWorker(
        () -> {
          try {
            Map<InstanceKey, Registration> found = readSome(keys);
            onScheduler(() -> answer.complete(found));
          } catch (RuntimeException failed) {
            onScheduler(() -> answer.completeExceptionally(failed));
          } finally {
            asking.set(false);
          }
        });
    return answer;
  }

  private Map<InstanceKey, Registration> readSome(Set<InstanceKey> keys) {
    IMap<String, Object> map = map();
    Set<String> names = keys.stream().map(InstanceKey::toString).collect(Collectors.toSet());
    Map<InstanceKey, Registration> found = new HashMap<>();
    Consumer<Registration> reader = registration -> found.put(registration.key(), registration);
    try {
      map.getAll(names).forEach((key, value) -> hand(key, value, reader));
    } catch (HazelcastSerializationException poisoned) {
      names.forEach(key -> readOne(map, key, reader));
    }
    return found;
  }

  private static void hand(String key, @Nullable Object value, Consumer<Registration> reader) {
    Registration found = RegistrationSerializer.decode(value);
    if (found != null && key.equals(found.key().toString())) {
      reader.accept(found);
    }
  }

  @Override
  public CompletionStage<Optional<Registration>> get(InstanceKey key) {
    return later(map -> map.getAsync(key.toString()));
  }

  @Override
  public CompletionStage<Optional<Registration>> swap(Registration registration) {
    return later(
        map ->
            map.putAsync(
                registration.key().toString(),
                encode(registration),
                keptSeconds(registration),
                TimeUnit.SECONDS));
  }

  private Object encode(Registration registration) {
    return origin.hasSerializer
        ? registration
        : RegistrationSerializer.toGenericRecord(registration);
  }

  /**
   * When the map may forget: a lease's TTL and as much again, at least 10 s, since expiry is in
   * whole seconds, early, and by the clock of whoever holds the key. Never the end of a lease.
   */
  static long keptSeconds(Registration registration) {
    Duration ttl = registration.ttl();
    Duration slack = Duration.ofSeconds(Math.max(10, ttl.toSeconds()));
    return 1 + (registration.isTombstone() ? ttl : ttl.plus(slack)).toSeconds();
  }

  /**
   * Hazelcast's stages continue on a new thread per call where the common pool is small, unless the
   * continuation names its executor; so the first one does, and nothing else is attached to them.
   */
  private CompletionStage<Optional<Registration>> later(
      Function<IMap<String, Object>, CompletionStage<Object>> operation) {
    CompletableFuture<Optional<Registration>> answer = new CompletableFuture<>();
    CompletionStage<IMap<String, Object>> way = opened;
    way.thenAccept(
        map -> {
          try {
            operation
                .apply(map)
                .whenCompleteAsync((value, error) -> end(answer, value, error), this::onScheduler);
          } catch (RuntimeException refused) { // such as a client that is offline
            answer.completeExceptionally(refused);
          }
        });
    return answer;
  }

  private void onScheduler(Runnable task) {
    scheduler.schedule(Duration.ZERO, task);
  }

  private static void end(
      CompletableFuture<Optional<Registration>> answer,
      @Nullable Object value,
      @Nullable Throwable error) {
    if (error == null) {
      answer.complete(Optional.ofNullable(RegistrationSerializer.decode(value)));
    } else {
      answer.completeExceptionally(error);
    }
  }

  /** This member's place among all; empty for a client, and before the instance is up. */
  Optional<MemberCoordinate> coordinate() {
    HazelcastInstance up = instance;
    if (up == null || closed || !isMember(up)) {
      return Optional.empty();
    }
    Cluster cluster = up.getCluster();
    List<UUID> members = cluster.getMembers().stream().map(Member::getUuid).sorted().toList();
    int index = members.indexOf(cluster.getLocalMember().getUuid());
    return index < 0 ? Optional.empty() : Optional.of(new MemberCoordinate(index, members.size()));
  }

  /**
   * Leaves, behind the caller's back. An instance of ours is shut down, and keeps the JVM up until
   * it is. On one that stays the caller's the listeners are removed, for which Hazelcast waits
   * without an end when the instance is shut down at the same time: so on daemon threads only, and
   * with a deadline.
   */
  void close() {
    closed = true;
    HazelcastInstance up = instance;
    if (origin.isOurs && up != null) { // else tryToOpen finds this closed
      Runnable leave =
          () -> {
            up.shutdown();
            worker.close();
          };
      new Thread(leave, "evenkeel-hazelcast-leave").start();
      return;
    }
    Scheduler leave = Scheduler.daemon("evenkeel-hazelcast-leave");
    Runnable end =
        () -> {
          worker.close();
          leave.close();
        };
    leave.schedule(DETACH_WITHIN, end);
    worker.schedule(
        Duration.ZERO,
        () -> {
          detach();
          end.run();
        });
  }

  private void shutDownIfOurs(HazelcastInstance up) {
    if (origin.isOurs) {
      up.shutdown();
    }
  }

  private void detach() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(detachments);
    }
    for (Runnable detachment : all) {
      try {
        detachment.run();
      } catch (RuntimeException e) { // an instance that is down has no listeners any more
        LOG.log(Level.DEBUG, () -> "not detached: " + e);
      }
    }
  }
}
