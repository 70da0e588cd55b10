package io.evenkeel.http.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry may be reached: every address of every configured host. The one that worked is
 * used until it fails; names are looked up when it is not there, off the event loop, and an address
 * that failed waits behind those that did not. Safe from any thread.
 */
final class Addresses {
  private static final int MAX_REMEMBERED = 64;

  /** How the addresses of a host are found; may block. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  /** One address of one configured host. */
  record Target(HostAndPort origin, InetAddress address) {}

  private final Vertx vertx;
  private final List<HostAndPort> origins;
  private final Lookup lookup;
  private final Duration patience; // with a name server, where there is another host to try
  private final Set<Target> failed = ConcurrentHashMap.newKeySet();
  private volatile int first; // which origin a walk begins with
  private volatile @Nullable Target worked;

  Addresses(Vertx vertx, List<HostAndPort> origins, Lookup lookup, Duration patience) {
    this.vertx = vertx;
    this.origins = origins;
    this.lookup = lookup;
    this.patience = patience;
  }

  void worked(Target target) {
    failed.remove(target);
    worked = target;
  }

  void failed(Target target) {
    if (target.equals(worked)) {
      worked = null;
    }
    if (failed.size() >= MAX_REMEMBERED) {
      failed.clear();
    }
    failed.add(target);
    first = (origins.indexOf(target.origin()) + 1) % origins.size();
  }

  Walk walk() {
    return walk(origin -> true);
  }

  /** A walk that goes to the origins that are willing first, and to the others last. */
  Walk walk(Predicate<HostAndPort> willing) {
    Target preferred = worked;
    boolean begun = preferred != null && willing.test(preferred.origin());
    List<HostAndPort> way = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      way.add(origins.get((first + i) % origins.size()));
    }
    way.sort(Comparator.comparing(willing.negate()::test)); // stable
    return new Walk(begun ? preferred : null, way);
  }

  /** The addresses in the order one call tries them, none twice. For one context. */
  final class Walk {
    private final Deque<Target> ready = new ArrayDeque<>();
    private final Set<Target> seen = new HashSet<>();
    private final List<HostAndPort> way;
    private int lookedUp;
    private @Nullable Throwable lookupFailure;

    private Walk(@Nullable Target preferred, List<HostAndPort> way) {
      this.way = way;
      if (preferred != null) {
        offer(preferred);
      }
    }

    /** The next address; fails when there is none left, with why a lookup failed if one did. */
    Future<Target> next() {
      Target target = ready.poll();
      if (target != null) {
        return Future.succeededFuture(target);
      }
      if (lookedUp == way.size()) {
        return Future.failedFuture(
            lookupFailure != null ? lookupFailure : new UnknownHostException("no address left"));
      }
      HostAndPort origin = way.get(lookedUp++);
      Future<List<Target>> found = lookUp(origin);
      boolean last = lookedUp == way.size();
      return (last ? found : found.timeout(patience.toMillis(), TimeUnit.MILLISECONDS))
          .transform(
              (targets, error) -> {
                if (targets == null) {
                  lookupFailure = error;
                } else {
                  targets.forEach(this::offer);
                }
                return next();
              });
    }

    private void offer(Target target) {
      if (seen.add(target)) {
        ready.add(target);
      }
    }
  }

  private Future<List<Target>> lookUp(HostAndPort origin) {
    return vertx
        .executeBlocking(() -> lookup.addresses(origin.host()), false)
        .map(
            addresses -> {
              List<Target> fresh = new ArrayList<>();
              List<Target> doubtful = new ArrayList<>();
              for (InetAddress address : addresses) {
                Target target = new Target(origin, address);
                (failed.contains(target) ? doubtful : fresh).add(target);
              }
              fresh.addAll(doubtful);
              return fresh;
            });
  }
}
