package io.evenkeel.hazelcast;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole map: every 60 s ±10 %, soon after anything that makes events doubtful and twice
 * more within seconds where that was a change of the cluster, and every second while it is away. It
 * knows how far the mirror may be trusted: FRESH from a read that succeeded until one that failed,
 * or until the cluster says that it is gone. One read at a time; those asked for meanwhile become
 * one. Safe from any thread.
 */
final class Reader {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Membership changes come in bursts. */
  private static final Duration SETTLE = Duration.ofMillis(100);

  /**
   * A client goes on connecting to further members, in rounds of a second, after it says that it is
   * connected, and what a member said before it listened to it is lost; no event tells when it has.
   */
  private static final List<Duration> SETTLING =
      List.of(Duration.ofSeconds(2), Duration.ofSeconds(5));

  /** What a read may take beyond the deadline, per entry that is known: 100,000 in 10 s. */
  static final Duration PER_ENTRY = Duration.ofNanos(100_000);

  private final Scheduler scheduler;
  private final HazelcastOptions options;
  private final IntSupplier size;
  private final Hooks hooks;
  private final CompletableFuture<Boolean> firstRead = new CompletableFuture<>();
  private Scheduler.@Nullable Timer next; // guarded by this: waits for nextDue
  private long nextDue; // guarded by this
  private boolean reading; // guarded by this
  private boolean wanted; // guarded by this: another read, after this one
  private int settled = SETTLING.size(); // guarded by this: how many of these pauses are over
  private boolean putOwn; // guarded by this: after the next read that succeeds
  private boolean closed; // guarded by this
  private volatile boolean fresh; // written under the lock
  private volatile Instant lastFresh; // written under the lock

  /** What reading consists of, and who hears of it. */
  interface Hooks {
    /** Starts a read, and calls back with its error or null; does not block. */
    void readAll(Consumer<@Nullable RuntimeException> whenDone);

    void onTrouble(RegistryException error);

    void onRecovery();

    void putOwnAgain();
  }

  Reader(Scheduler scheduler, HazelcastOptions options, IntSupplier size, Hooks hooks) {
    this.scheduler = scheduler;
    this.options = options;
    this.size = size;
    this.hooks = hooks;
    this.lastFresh = scheduler.instant();
  }

  /** Whether the mirror is what the cluster says. */
  boolean isFresh() {
    return fresh;
  }

  /** The wall clock when the mirror was last known to be what the cluster says. */
  Instant readAt() {
    return fresh ? scheduler.instant() : lastFresh;
  }

  /** Whether the map was ever read. */
  boolean hasRead() {
    return firstRead.isDone();
  }

  /** Completes when the map has been read for the first time. */
  CompletionStage<Boolean> firstRead() {
    return firstRead;
  }

  /**
   * Asks for a read soon.
   *
   * @param changed whether the cluster has changed: it may have lost what this node announced, and
   *     the next few seconds' events may be lost too
   */
  synchronized void read(boolean changed) {
    if (changed) {
      putOwn = true;
      settled = 0;
    }
    boolean retrying = !fresh && next != null;
    if (reading) {
      wanted = true;
    } else if (changed || !retrying) {
      schedule(hasRead() ? SETTLE : Duration.ZERO);
    }
  }

  /** Of two due times the sooner one counts, lest a stream of events put the read off for ever. */
  private synchronized void schedule(Duration delay) {
    long due = scheduler.nanoTime() + delay.toNanos();
    boolean sooner = next != null && nextDue - due <= 0;
    if (closed || sooner) {
      return;
    }
    if (next != null) {
      next.cancel();
    }
    nextDue = due;
    next = scheduler.schedule(delay, this::begin);
  }

  private void begin() {
    Scheduler.Timer late;
    synchronized (this) {
      next = null;
      if (reading || closed) {
        return;
      }
      reading = true;
      wanted = false;
      Duration limit = options.callDeadline().plus(PER_ENTRY.multipliedBy(size.getAsInt()));
      late = scheduler.schedule(limit, () -> away("the map was not read within " + limit));
    }
    hooks.readAll(error -> ended(late, error));
  }

  private void ended(Scheduler.Timer late, @Nullable RuntimeException error) {
    late.cancel();
    boolean restore;
    boolean recovered;
    synchronized (this) {
      reading = false;
      recovered = error == null && !fresh;
      setFresh(error == null);
      restore = error == null && putOwn;
      putOwn &= !restore;
      schedule(pause(error));
    }
    if (error != null) {
      hooks.onTrouble(unavailable(error.toString(), error));
      return;
    }
    firstRead.complete(true);
    if (recovered) {
      LOG.log(Level.DEBUG, "the map was read: the list is fresh");
      hooks.onRecovery();
    }
    if (restore) {
      hooks.putOwnAgain();
    }
  }

  /** Called under the lock. */
  private void setFresh(boolean now) {
    if (now || fresh) {
      lastFresh = scheduler.instant();
    }
    fresh = now;
  }

  /** Called under the lock. */
  private Duration pause(@Nullable RuntimeException error) {
    if (error != null) {
      return Randomness.jitter(RETRY, 0.3, Randomness.perThread());
    }
    if (wanted) {
      return SETTLE;
    }
    return settled < SETTLING.size()
        ? SETTLING.get(settled++)
        : Randomness.jitter(options.repairPeriod(), 0.1, Randomness.perThread());
  }

  /** The cluster cannot be heard: what the mirror holds is STALE until the next read. */
  void away(String why) {
    synchronized (this) {
      setFresh(false);
      if (!reading) {
        schedule(Randomness.jitter(RETRY, 0.3, Randomness.perThread()));
      }
    }
    hooks.onTrouble(unavailable(why, null));
  }

  private static RegistryException unavailable(String why, @Nullable RuntimeException cause) {
    return new RegistryException.Unavailable("hazelcast: " + why, cause);
  }

  synchronized void close() {
    closed = true;
    fresh = false;
    if (next != null) {
      next.cancel();
    }
  }
}
