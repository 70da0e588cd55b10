package io.evenkeel.server.directory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
  private static final long GATHERING_MILLIS = 20;

  private final Vertx vertx;
  private final Map<String, Set<Promise<Void>>> byTopic = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean wakingSoon;
  private int count;

  Waiters(Vertx vertx) {
    this.vertx = vertx;
  }

  int count() {
    return count;
  }

  /** Completes at the topic's next change, when the time is over, or when the client has gone. */
  Future<Void> next(String topic, Duration patience, Future<Void> gone) {
    Promise<Void> waiter = Promise.promise();
    byTopic.computeIfAbsent(topic, name -> new LinkedHashSet<>()).add(waiter);
    count++;
    long timer = vertx.setTimer(Math.max(1, patience.toMillis()), end -> waiter.tryComplete());
    gone.onComplete(hungUp -> waiter.tryComplete());
    return waiter.future().onComplete(woken -> remove(topic, waiter, timer));
  }

  private void remove(String topic, Promise<Void> waiter, long timer) {
    vertx.cancelTimer(timer);
    Set<Promise<Void>> waiting = byTopic.get(topic);
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
      vertx.setTimer(GATHERING_MILLIS, now -> wake());
    }
  }

  private void wake() {
    wakingSoon = false;
    Set<String> topics = Set.copyOf(changed);
    changed.clear();
    topics.forEach(this::wake);
  }

  private void wake(String topic) {
    Set<Promise<Void>> waiting = byTopic.get(topic);
    if (waiting != null) {
      Set.copyOf(waiting).forEach(Promise::tryComplete);
    }
  }

  /** Wakes everyone: the server stops. */
  void wakeAll() {
    Set.copyOf(byTopic.keySet()).forEach(this::wake);
  }
}
