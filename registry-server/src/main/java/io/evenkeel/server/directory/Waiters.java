package io.evenkeel.server.directory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Those who wait for a change. One of them is an object in a set, no thread and no timer: as long
 * as anyone waits, one tick looks for those whose time is over. A change wakes its waiters a moment
 * later, all at once, so that a burst of changes is one answer. Event loop only.
 */
final class Waiters {
  private static final Duration GATHERING = Duration.ofMillis(20);
  private static final Duration TICK = Duration.ofMillis(100);

  private static final class Waiter {
    private final Promise<Void> over = Promise.promise();
    private final BooleanSupplier asItWas;
    private final long end;

    Waiter(BooleanSupplier asItWas, long end) {
      this.asItWas = asItWas;
      this.end = end;
    }
  }

  private final Timers timers;
  private final Map<String, Set<Waiter>> byTopic = new HashMap<>();
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
   * Completes at the topic's next change that leaves something no longer as it was; also when the
   * time is over, give or take a tick, when the client has gone, or when the server stops.
   */
  Future<Void> change(String topic, BooleanSupplier asItWas, Duration patience, Future<Void> gone) {
    if (closed) {
      return Future.succeededFuture();
    }
    Waiter waiter = new Waiter(asItWas, timers.nanoTime() + patience.toNanos());
    byTopic.computeIfAbsent(topic, name -> new LinkedHashSet<>()).add(waiter);
    count++;
    tick();
    gone.onComplete(hungUp -> end(topic, waiter));
    return waiter.over.future();
  }

  private void tick() {
    if (!ticking && count > 0) {
      ticking = true;
      timers.after(
          TICK,
          () -> {
            ticking = false;
            long now = timers.nanoTime();
            endAll(byTopic.keySet(), waiter -> waiter.end - now <= 0);
            tick();
          });
    }
  }

  private void endAll(Set<String> topics, Predicate<Waiter> which) {
    for (String topic : Set.copyOf(topics)) {
      Set<Waiter> waiting = byTopic.getOrDefault(topic, Set.of());
      waiting.stream().filter(which).toList().forEach(waiter -> end(topic, waiter));
    }
  }

  private void end(String topic, Waiter waiter) {
    Set<Waiter> waiting = byTopic.get(topic);
    if (waiting != null && waiting.remove(waiter)) {
      count--;
      if (waiting.isEmpty()) {
        byTopic.remove(topic);
      }
      waiter.over.complete();
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
    endAll(topics, waiter -> !waiter.asItWas.getAsBoolean());
  }

  /** Nobody waits any more: the server stops. */
  void close() {
    closed = true;
    endAll(byTopic.keySet(), waiter -> true);
  }
}
