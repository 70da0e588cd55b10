package io.evenkeel.server.directory;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
  private static final long SERVICES_MILLIS = 1_000;
  private static final long COALESCE_MILLIS = 10;

  /** What is told of a list that was read. */
  interface Reader {
    /** Counts what was written here. */
    long writes();

    /** The list, as it was when so much had been written. */
    void accept(String service, List<ServiceInstance> list, long writesBefore);
  }

  private final Vertx vertx;
  private final Context context;
  private final ServiceRegistry registry;
  private final Reader reader;
  private final Map<String, Watch> watches = new HashMap<>();
  private final Set<String> dueSoon = new HashSet<>();
  private final long timer;
  private boolean reachable = true;

  Follower(Vertx vertx, ServiceRegistry registry, Reader reader) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.registry = registry;
    this.reader = reader;
    this.timer = vertx.setPeriodic(SERVICES_MILLIS, tick -> lookForServices());
  }

  /** Whether the registry answered the last time it was asked. */
  boolean isReachable() {
    return reachable;
  }

  /**
   * Reads the names of all services and follows each; completes when their lists have been read.
   */
  Future<Void> lookForServices() {
    return on(Future.fromCompletionStage(registry.services(), context))
        .compose(
            names -> {
              boolean watched = registry.capabilities().contains(Capability.WATCH);
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
        context.runOnContext(now -> readSoon(service));
      }

      @Override
      public void onError(RegistryException error) {
        context.runOnContext(now -> reachable = false);
      }
    };
  }

  /** Reads a list a moment later, once for all who ask until then. */
  void readSoon(String service) {
    if (dueSoon.add(service)) {
      vertx.setTimer(
          COALESCE_MILLIS,
          now -> {
            dueSoon.remove(service);
            read(service);
          });
    }
  }

  private Future<Void> read(String service) {
    long writesBefore = reader.writes();
    return on(Future.fromCompletionStage(registry.instances(service), context))
        .map(
            snapshot -> {
              reader.accept(service, snapshot.instances(), writesBefore);
              return null;
            });
  }

  private <T> Future<T> on(Future<T> answer) {
    return answer.onComplete(ended -> reachable = ended.succeeded());
  }

  void close() {
    vertx.cancelTimer(timer);
    watches.values().forEach(Watch::close);
  }
}
