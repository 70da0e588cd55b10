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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private static final Duration SKEW_TO_WARN_OF = Duration.ofSeconds(5);

  /** Not a key of ours, since it has no slash: written once, so that the schema is known. */
  private static final String MARKER = "evenkeel";

  private final Origin origin;
  private final Scheduler scheduler;
  private final Scheduler worker = Scheduler.daemon("evenkeel-hazelcast-reader");
  private final CompletableFuture<IMap<String, Object>> opened = new CompletableFuture<>();
  private final List<Runnable> detachments = new ArrayList<>(); // guarded by this
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
        if (closed) { // meanwhile: close() may have missed it
          shutDown(up);
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
    warnOfSkew(up);
    opened.complete(map);
    events.onOpen();
  }

  private static Registration marker() {
    return Registration.tombstone(new InstanceKey(MARKER, MARKER), 0, 0, RETRY);
  }

  /** Backups expire on their own member's clock: the map may forget early, which costs writes. */
  private void warnOfSkew(HazelcastInstance up) {
    if (isMember(up)) {
      Instant cluster = Instant.ofEpochMilli(up.getCluster().getClusterTime());
      Duration skew = Duration.between(scheduler.instant(), cluster);
      if (skew.abs().compareTo(SKEW_TO_WARN_OF) > 0) {
        LOG.log(Level.WARNING, () -> "the cluster's clock differs from this machine's by " + skew);
      }
    }
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
    IMap<String, Object> map = opened.getNow(null);
    if (map == null) {
      throw new IllegalStateException("the cluster was not reached yet");
    }
    try {
      map.entrySet().forEach(entry -> hand(entry.getKey(), entry.getValue(), reader));
    } catch (HazelcastSerializationException poisoned) {
      LOG.log(Level.WARNING, () -> "a foreign value in the map, reading one by one: " + poisoned);
      map.keySet().forEach(key -> readOne(map, key, reader));
    }
  }

  private static void readOne(IMap<String, Object> map, String key, Consumer<Registration> reader) {
    try {
      hand(key, map.get(key), reader);
    } catch (HazelcastSerializationException refused) {
      LOG.log(Level.WARNING, () -> "a foreign value in the map was refused: " + refused);
    }
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

  /** Leaves; an instance of ours is shut down behind the caller's back, and keeps the JVM up. */
  void close() {
    closed = true;
    HazelcastInstance up = instance;
    if (up != null) { // else tryToOpen finds it closed
      Runnable leave = origin.isOurs ? () -> shutDown(up) : this::detach;
      new Thread(leave, "evenkeel-hazelcast-leave").start();
    }
  }

  private void shutDown(HazelcastInstance up) {
    if (origin.isOurs) {
      up.shutdown();
    }
    worker.close();
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
    worker.close();
  }
}
