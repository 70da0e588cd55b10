package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.time.LeaseClock;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Ends leases. A registration whose rank has not changed for its TTL, by this node's own monotonic
 * clock, is asked for in the map before its silence is believed: an event may have been lost, a
 * listener may have been between two connections, the member that owns the key may be frozen. A
 * newer version found there is life; no answer is no proof of death, and the question is put again.
 *
 * <p>So a mass expiry needs no guard of its own here. What a cut network looks like, unanswered
 * questions, keeps everyone; where the cluster answers that it has not heard of them either, they
 * go at once, and the consumer's feed still doubts a list that lost more than half.
 */
final class Silence {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());

  /** How late a sweep may be on a machine with much to do; what is beyond was sleep. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int AT_ONCE = 1_000; // a fifth of a second on two processors

  private final Scheduler scheduler;
  private final Duration period;
  private final Mirror mirror;
  private final LeaseClock clock;
  private final Queue<Registration> questions = new ArrayDeque<>(); // guarded by this
  private boolean asking; // guarded by this: there is no answer yet
  private long pausedUntil; // guarded by this: lease time
  private boolean stopped; // guarded by this
  private Scheduler.@Nullable Timer timer; // guarded by this

  Silence(Scheduler scheduler, Duration period, Mirror mirror) {
    this.scheduler = scheduler;
    this.period = period;
    this.mirror = mirror;
    this.clock = LeaseClock.start(scheduler, period.plus(LATENESS));
  }

  /** The time leases are measured in: this node's monotonic clock, less the time it was frozen. */
  long leaseNow() {
    return clock.now();
  }

  /**
   * Begins to sweep.
   *
   * @param store asked within its deadline
   * @param onFailure called when it did not answer
   */
  synchronized void start(Store store, Runnable onFailure) {
    if (!stopped) {
      timer = scheduler.schedule(period, () -> run(store, onFailure));
    }
  }

  synchronized void stop() {
    stopped = true;
    questions.clear();
    if (timer != null) {
      timer.cancel();
    }
  }

  private void run(Store store, Runnable onFailure) {
    try {
      long slept = clock.mark();
      if (slept == 0) {
        sweep(store, onFailure);
      } else {
        LOG.log(Level.WARNING, () -> "slept: every lease is longer by " + Duration.ofNanos(slept));
      }
    } finally {
      start(store, onFailure);
    }
  }

  private void sweep(Store store, Runnable onFailure) {
    synchronized (this) {
      if (clock.now() < pausedUntil) {
        return;
      }
      questions.addAll(mirror.takeSilent(clock.now()));
    }
    askNext(store, onFailure);
  }

  /** One question for many: Hazelcast may start a thread for each answer. */
  private void askNext(Store store, Runnable onFailure) {
    Map<InstanceKey, Registration> silent = take();
    if (silent.isEmpty()) {
      return;
    }
    store
        .getAll(silent.keySet())
        .whenComplete(
            (found, error) -> {
              answered();
              if (error == null) {
                found.values().forEach(answer -> mirror.offer(answer, clock.now()));
                silent.values().forEach(mirror::end); // no effect where the answer was news
              } else {
                pause(silent.values());
                onFailure.run();
              }
              askNext(store, onFailure);
            });
  }

  private synchronized Map<InstanceKey, Registration> take() {
    Map<InstanceKey, Registration> silent = new LinkedHashMap<>();
    while (!asking && silent.size() < AT_ONCE && !questions.isEmpty()) {
      Registration next = questions.remove();
      silent.put(next.key(), next);
    }
    asking |= !silent.isEmpty();
    return silent;
  }

  private synchronized void answered() {
    asking = false;
  }

  private synchronized void pause(Collection<Registration> unanswered) {
    pausedUntil = clock.now() + PAUSE_AFTER_FAILURE.toNanos();
    unanswered.forEach(mirror::doubted);
    questions.forEach(mirror::doubted);
    questions.clear();
  }
}
