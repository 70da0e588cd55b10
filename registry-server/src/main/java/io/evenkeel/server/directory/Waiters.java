package io.evenkeel.server.directory;

import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Those who wait for a change. One of them is a promise and a timer, no thread. A change wakes its
 * waiters a moment later, all at once, so that a burst of changes is one answer. Event loop only.
 */
final class Waiters {
  private static final Duration GATHERING = Duration.ofMillis(20);

  private final Timers timers;
  private final Map<String, Set<Promise<Boolean>>> byTopic = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean wakingSoon;
  private boolean closed;
  private int count;

  Waiters(Timers timers) {
    this.timers = timers;
  }

  int count() {
    return count;
  }

  /**
   * Completes with true at the topic's next change; with false when the time is over, the client
   * has gone, or the server stops.
   */
  Future<Boolean> next(String topic, Duration patience, Future<Void> gone) {
    if (closed) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> waiter = Promise.promise();
    byTopic.computeIfAbsent(topic, name -> new LinkedHashSet<>()).add(waiter);
    count++;
    Scheduler.Timer timer = timers.after(patience, () -> waiter.tryComplete(false));
    gone.onComplete(hungUp -> waiter.tryComplete(false));
    return waiter.future().onComplete(woken -> remove(topic, waiter, timer));
  }

  private void remove(String topic, Promise<Boolean> waiter, Scheduler.Timer timer) {
    timer.cancel();
    Set<Promise<Boolean>> waiting = byTopic.get(topic);
    if (waiting != null && waiting.remove(waiter)) {
      count--;
      if (waiting.isEmpty()) {
        byTopic.remove(topic);
      }
    }
  }

  void changed(String topic) {
    changed.add(topic);
    if (!wakingSoon) {
      wakingSoon = true;
      timers.after(GATHERING, this::wake);
    }
  }

  private void wake() {
    wakingSoon = false;
    Set<String> topics = Set.copyOf(changed);
    changed.clear();
    topics.forEach(topic -> wake(topic, true));
  }

  private void wake(String topic, boolean news) {
    Set<Promise<Boolean>> waiting = byTopic.get(topic);
    if (waiting != null) {
      Set.copyOf(waiting).forEach(waiter -> waiter.tryComplete(news));
    }
  }

  /** Nobody waits any more: the server stops. */
  void close() {
    closed = true;
    Set.copyOf(byTopic.keySet()).forEach(topic -> wake(topic, false));
  }
}
