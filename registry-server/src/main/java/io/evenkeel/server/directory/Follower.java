package io.evenkeel.server.directory;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the directory as the registry is, also where others write to the registry: further replicas
 * of the server, or instances in the same process. A watch event is a hint to read; what was
 * written here while a read was under way is not undone by it. Event loop only, but for the watch
 * events, which hop to it.
 */
final class Follower {
  private static final Duration SERVICES = Duration.ofSeconds(1);
  private static final Duration COALESCING = Duration.ofMillis(10);

  /** A list that takes long to read is read less often: at most a fifth of the time goes there. */
  private static final int PAUSE_PER_READ = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** What is told of a list that was read. */
  interface Reader {
    /** Whether there are rows of a service. */
    boolean holds(String service);

    /** Counts what was written here. */
    long writes();

    /** The list, as it was when so much had been written. */
    void accept(String service, List<ServiceInstance> list, long writesBefore);
  }

  private final Timers timers;
  private final ServiceRegistry registry;
  private final Reader reader;
  private final Map<String, Watch> watches = new HashMap<>();
  private final Set<String> dueSoon = new HashSet<>();
  private final Scheduler.Timer looking;
  private Future<Void> reading = Future.succeededFuture();
  private boolean reachable = true;
  private Duration lastRead = Duration.ZERO; // how long it took to take in

  Follower(Timers timers, ServiceRegistry registry, Reader reader) {
    this.timers = timers;
    this.registry = registry;
    this.reader = reader;
    this.looking = timers.every(SERVICES, this::lookForServices);
  }

  /** Whether the registry answered the last time it was asked. */
  boolean isReachable() {
    return reachable;
  }

  /**
   * Reads the names of all services and follows each; completes when their lists have been read.
   */
  Future<Void> lookForServices() {
    return on(Future.fromCompletionStage(registry.services(), timers.context()))
        .compose(
            names -> {
              boolean watched = registry.capabilities().contains(Capability.WATCH);
              followNoLonger(names);
              Future<Void> all = Future.succeededFuture();
              for (String name : names) {
                boolean known = watches.containsKey(name);
                follow(name);
                if (!known || !watched) {
                  all = all.compose(before -> read(name));
                }
              }
              return all;
            });
  }

  /**
   * Reads at once for all who ask meanwhile, so that unknown ids cost the registry little; reads
   * nothing where nobody else can have written, in a registry inside this process.
   */
  Future<Void> lookAgain() {
    if (reading.isComplete() && !registry.name().startsWith("inmemory:")) {
      reading = lookForServices();
    }
    return reading;
  }

  /** A service that has gone is looked for by its name again, like a new one. */
  private void followNoLonger(Set<String> names) {
    watches
        .entrySet()
        .removeIf(
            watch -> {
              boolean gone = !names.contains(watch.getKey()) && !reader.holds(watch.getKey());
              if (gone) {
                watch.getValue().close();
              }
              return gone;
            });
  }

  /** Follows a service from now on, if it is not followed yet. */
  void follow(String service) {
    if (registry.capabilities().contains(Capability.WATCH) && !watches.containsKey(service)) {
      watches.put(service, registry.watch(service, hintsFor(service)));
    }
  }

  private WatchListener hintsFor(String service) {
    return new WatchListener() {
      @Override
      public void onSnapshot(ServiceSnapshot snapshot) {
        timers.context().runOnContext(now -> readSoon(service));
      }

      @Override
      public void onError(RegistryException error) {
        timers.context().runOnContext(now -> reachable = false);
      }
    };
  }

  /** Reads a list a moment later, once for all who ask until then. */
  void readSoon(String service) {
    if (dueSoon.add(service)) {
      timers.after(
          pause(),
          () -> {
            dueSoon.remove(service);
            read(service);
          });
    }
  }

  private Duration pause() {
    Duration pause = lastRead.multipliedBy(PAUSE_PER_READ);
    if (pause.compareTo(COALESCING) < 0) {
      return COALESCING;
    }
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private Future<Void> read(String service) {
    long writesBefore = reader.writes();
    return on(Future.fromCompletionStage(registry.instances(service), timers.context()))
        .map(
            snapshot -> {
              long began = timers.nanoTime();
              reader.accept(service, snapshot.instances(), writesBefore);
              lastRead = Duration.ofNanos(timers.nanoTime() - began);
              return null;
            });
  }

  private <T> Future<T> on(Future<T> answer) {
    return answer.onComplete(ended -> reachable = ended.succeeded());
  }

  void close() {
    looking.cancel();
    watches.values().forEach(Watch::close);
  }
}
