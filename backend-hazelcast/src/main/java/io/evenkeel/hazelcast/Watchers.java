package io.evenkeel.hazelcast;

import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everyone who watches. A change only marks its service; one dispatch, on the scheduler and a few
 * milliseconds later, takes each marked list as it then is, so a burst of changes is one call of a
 * listener. No second dispatch begins before the first has ended, hence one thread at a time.
 */
final class Watchers {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());

  /** Less than a person or a request notices, more than a burst of events takes. */
  private static final Duration COALESCE = Duration.ofMillis(5);

  private final Scheduler scheduler;
  private final Function<String, @Nullable ServiceSnapshot> snapshots; // null before the first read
  private final Map<String, Set<Subscription>> all = new LinkedHashMap<>(); // guarded by this
  private final Set<String> changed = new HashSet<>(); // guarded by this
  private @Nullable RegistryException trouble; // guarded by this: what is still to be told
  private boolean again; // guarded by this: all are to be told, also of a list they know
  private boolean dispatching; // guarded by this: a dispatch is scheduled or running

  Watchers(Scheduler scheduler, Function<String, @Nullable ServiceSnapshot> snapshots) {
    this.scheduler = scheduler;
    this.snapshots = snapshots;
  }

  synchronized Watch add(String service, WatchListener listener) {
    Subscription subscription = new Subscription(service, listener);
    all.computeIfAbsent(service, name -> new LinkedHashSet<>()).add(subscription);
    onChange(service);
    return subscription;
  }

  private synchronized void remove(Subscription subscription) {
    Set<Subscription> listeners = all.get(subscription.service);
    if (listeners != null && listeners.remove(subscription) && listeners.isEmpty()) {
      all.remove(subscription.service);
    }
  }

  synchronized void onChange(String service) {
    if (all.containsKey(service)) {
      changed.add(service);
      wake();
    }
  }

  /** The cluster cannot be heard. */
  synchronized void onTrouble(RegistryException error) {
    trouble = error;
    wake();
  }

  /** The map was read, for the first time or after trouble: every list is to be told. */
  synchronized void onRecovery() {
    trouble = null;
    again = true;
    wake();
  }

  synchronized void end() {
    all.values().forEach(listeners -> listeners.forEach(listener -> listener.closed = true));
    all.clear();
  }

  /** Called under this lock. */
  private void wake() {
    boolean work = again || trouble != null || !changed.isEmpty();
    if (work && !dispatching && !all.isEmpty()) {
      dispatching = true;
      scheduler.schedule(COALESCE, this::dispatch);
    }
  }

  private void dispatch() {
    try {
      takeWork().run();
    } finally {
      rest();
    }
  }

  private synchronized Runnable takeWork() {
    RegistryException error = trouble;
    boolean anew = again;
    Map<String, List<Subscription>> audience = new LinkedHashMap<>();
    for (String service : error != null || anew ? all.keySet() : changed) {
      audience.put(service, List.copyOf(all.getOrDefault(service, Set.of())));
    }
    changed.clear();
    trouble = null;
    again = false;
    return () -> audience.forEach((service, listeners) -> tell(service, listeners, error, anew));
  }

  private void tell(
      String service,
      List<Subscription> listeners,
      @Nullable RegistryException error,
      boolean anew) {
    ServiceSnapshot snapshot = snapshots.apply(service);
    for (Subscription listener : listeners) {
      if (snapshot != null) {
        listener.tell(snapshot, anew);
      }
      if (error != null) {
        listener.tell(error);
      }
    }
  }

  private synchronized void rest() {
    dispatching = false;
    wake();
  }

  /** One watch: a listener, and what it has heard. */
  private final class Subscription implements Watch {
    private final String service;
    private final WatchListener listener;
    private long seen = -1; // touched by the dispatch under way only
    private volatile boolean closed;

    private Subscription(String service, WatchListener listener) {
      this.service = service;
      this.listener = listener;
    }

    private void tell(ServiceSnapshot snapshot, boolean anew) {
      if (!closed && (anew || seen != snapshot.revision())) {
        seen = snapshot.revision();
        safely(() -> listener.onSnapshot(snapshot));
      }
    }

    private void tell(RegistryException error) {
      if (!closed) {
        safely(() -> listener.onError(error));
      }
    }

    private void safely(Runnable call) {
      try {
        call.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener of " + service + " failed", e);
      }
    }

    @Override
    public void close() {
      closed = true;
      remove(this);
    }
  }
}
