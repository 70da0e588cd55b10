package io.evenkeel.server.directory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Those who wait for a change. One of them is a promise in a map, no thread and no timer: as long
 * as anyone waits, one tick looks for those whose time is over. A change wakes its waiters a moment
 * later, all at once, so that a burst of changes is one answer. Event loop only.
 */
final class Waiters {
  private static final Duration GATHERING = Duration.ofMillis(20);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Timers timers;
  private final Map<String, Map<Promise<Boolean>, Long>> byTopic = new HashMap<>(); // to the end
  private final Set<String> changed = new LinkedHashSet<>();
  private boolean wakingSoon;
  private boolean ticking;
  private boolean closed;
  private int count;

  Waiters(Timers timers) {
    this.timers = timers;
  }

  int count() {
    return count;
  }

  /**
   * Completes with true at the topic's next change; with false when the time is over, give or take
   * a tick, when the client has gone, or when the server stops.
   */
  Future<Boolean> next(String topic, Duration patience, Future<Void> gone) {
    if (closed) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> waiter = Promise.promise();
    byTopic
        .computeIfAbsent(topic, name -> new LinkedHashMap<>())
        .put(waiter, timers.nanoTime() + patience.toNanos());
    count++;
    tick();
    gone.onComplete(
        hungUp -> {
          remove(topic, waiter);
          waiter.tryComplete(false);
        });
    return waiter.future();
  }

  private void tick() {
    if (!ticking && count > 0) {
      ticking = true;
      timers.after(
          TICK,
          () -> {
            ticking = false;
            endOverdue();
            tick();
          });
    }
  }

  private void endOverdue() {
    long now = timers.nanoTime();
    Map<Promise<Boolean>, String> overdue = new LinkedHashMap<>();
    byTopic.forEach(
        (topic, waiting) ->
            waiting.forEach(
                (waiter, end) -> {
                  if (end - now <= 0) {
                    overdue.put(waiter, topic);
                  }
                }));
    overdue.forEach(
        (waiter, topic) -> {
          remove(topic, waiter);
          waiter.tryComplete(false);
        });
  }

  private void remove(String topic, Promise<Boolean> waiter) {
    Map<Promise<Boolean>, Long> waiting = byTopic.get(topic);
    if (waiting != null && waiting.remove(waiter) != null) {
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
    Map<Promise<Boolean>, Long> waiting = byTopic.remove(topic);
    if (waiting != null) {
      count -= waiting.size();
      waiting.keySet().forEach(waiter -> waiter.tryComplete(news));
    }
  }

  /** Nobody waits any more: the server stops. */
  void close() {
    closed = true;
    Set.copyOf(byTopic.keySet()).forEach(topic -> wake(topic, false));
  }
}
