package io.evenkeel.inmemory;

import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Those who watch one service. A change only raises a flag; one dispatch per service, on the
 * scheduler, takes the list as it then is and tells everyone, so a burst of changes costs as many
 * lists as the listeners can hear. No second dispatch begins before the first has ended, hence one
 * thread at a time per listener. Listeners are called without any lock held.
 *
 * <p>Lock order: the listing's, then this one's, then the scheduler's.
 */
final class Watchers {
  private final Scheduler scheduler;
  private final Supplier<ServiceSnapshot> snapshots;
  private final Set<Subscription> all = new LinkedHashSet<>(); // guarded by this
  private final List<Subscription> newcomers = new ArrayList<>(0); // guarded by this
  private boolean changed; // guarded by this: all are to be told, not the newcomers alone
  private boolean dispatching; // guarded by this: a dispatch is scheduled or running

  Watchers(Scheduler scheduler, Supplier<ServiceSnapshot> snapshots) {
    this.scheduler = scheduler;
    this.snapshots = snapshots;
  }

  synchronized void add(Subscription subscription) {
    all.add(subscription);
    newcomers.add(subscription);
    wake();
  }

  synchronized void remove(Subscription subscription) {
    all.remove(subscription);
  }

  synchronized boolean isEmpty() {
    return all.isEmpty();
  }

  synchronized void onChange() {
    changed = true;
    wake();
  }

  synchronized void end() {
    all.forEach(Subscription::end);
    all.clear();
    newcomers.clear();
  }

  /** Called under this lock. */
  private void wake() {
    boolean work = changed || !newcomers.isEmpty();
    if (work && !dispatching && !all.isEmpty()) {
      dispatching = true;
      scheduler.schedule(Duration.ZERO, this::dispatch);
    }
  }

  private void dispatch() {
    try {
      List<Subscription> audience = takeAudience();
      ServiceSnapshot snapshot = snapshots.get();
      audience.forEach(subscription -> subscription.tell(snapshot));
    } finally {
      again();
    }
  }

  private synchronized List<Subscription> takeAudience() {
    List<Subscription> audience = new ArrayList<>(changed ? all : newcomers);
    changed = false;
    newcomers.clear();
    return audience;
  }

  private synchronized void again() {
    dispatching = false;
    wake();
  }
}
