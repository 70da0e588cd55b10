package io.evenkeel.loadbalancer.feed;

import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryCall;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The list of one service, for as long as a balancer lives. Watches a registry that can be watched
 * and repairs with a full read every minute; polls one that cannot. What arrives is judged by the
 * {@link MassRemovalGuard}, handed on, and copied to disk if asked; an error changes nothing but
 * the freshness. Until the registry answers, the copy on disk is the list.
 *
 * <p>The consumer is called under this feed's lock, so by one thread at a time and in order; it
 * must hand the work on and return. The registry is never called under the lock.
 */
public final class SnapshotFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SnapshotFeed.class.getName());
  private static final double SPREAD = 0.1;

  private final ServiceRegistry registry;
  private final String service;
  private final FeedOptions options;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Consumer<ServiceSnapshot> consumer;
  private final QuietLog log;
  private final Optional<DiskCopy> disk;
  private final Duration readInterval;
  private final MassRemovalGuard guard; // guarded by this

  private @Nullable Watch watch; // guarded by this
  private @Nullable CompletableFuture<ServiceSnapshot> reading; // guarded by this
  private Scheduler.@Nullable Timer nextRead; // guarded by this
  private Scheduler.@Nullable Timer doubtEnds; // guarded by this
  private @Nullable ServiceSnapshot reported; // guarded by this: the registry's last list
  private long reports; // guarded by this: how many lists have come
  private boolean failing; // guarded by this: what came last was an error
  private boolean closed; // guarded by this
  private volatile @Nullable ServiceSnapshot served; // written under the lock
  private volatile long confirmedAt; // written under the lock: nanoTime of the registry's last list

  private SnapshotFeed(
      ServiceRegistry registry,
      String service,
      FeedOptions options,
      FeedContext context,
      Consumer<ServiceSnapshot> consumer) {
    this.registry = registry;
    this.service = service;
    this.options = options;
    this.scheduler = context.scheduler();
    this.random = context.random();
    this.consumer = consumer;
    this.guard = new MassRemovalGuard(options.guardGrace());
    this.log = new QuietLog(LOG, scheduler);
    this.disk =
        options
            .copyDirectory()
            .map(directory -> new SnapshotFile(directory, service))
            .map(file -> new DiskCopy(file, service, context.diskExecutor(), log));
    this.readInterval = isWatchable() ? options.repairInterval() : options.pollInterval();
  }

  /** Starts to watch or poll; returns at once. Close the feed before the registry. */
  public static SnapshotFeed start(
      ServiceRegistry registry,
      String service,
      FeedOptions options,
      FeedContext context,
      Consumer<ServiceSnapshot> consumer) {
    SnapshotFeed feed = new SnapshotFeed(registry, service, options, context, consumer);
    feed.disk.ifPresent(copy -> copy.read(feed::restored));
    if (feed.isWatchable()) {
      feed.openWatch();
      feed.scheduleRead();
    } else {
      feed.read();
    }
    return feed;
  }

  /** What is served now, with how far to trust it; empty before the first list. */
  public Optional<ServiceSnapshot> snapshot() {
    return Optional.ofNullable(served);
  }

  /** How long ago the registry last confirmed what is served; zero before the first list. */
  public Duration age() {
    return served == null ? Duration.ZERO : Duration.ofNanos(scheduler.nanoTime() - confirmedAt);
  }

  /** Ends the watch, the timers and a call that is under way. Idempotent. */
  @Override
  public void close() {
    Watch openWatch;
    CompletableFuture<ServiceSnapshot> openCall;
    synchronized (this) {
      closed = true;
      cancel(nextRead);
      cancel(doubtEnds);
      openWatch = watch;
      openCall = reading;
      watch = null;
    }
    if (openWatch != null) {
      openWatch.close();
    }
    if (openCall != null) {
      openCall.completeExceptionally(new RegistryException.Closed(registry.name()));
    }
  }

  private boolean isWatchable() {
    return registry.capabilities().contains(Capability.WATCH);
  }

  private void openWatch() {
    WatchListener listener =
        new WatchListener() {
          @Override
          public void onSnapshot(ServiceSnapshot snapshot) {
            heard(snapshot);
          }

          @Override
          public void onError(RegistryException error) {
            failed(error);
          }
        };
    try {
      Watch opened = registry.watch(service, listener);
      synchronized (this) {
        watch = opened;
      }
    } catch (RegistryException refused) {
      failed(refused); // the repair reads go on
    }
  }

  /** While the registry fails it is asked as often as one that cannot be watched. */
  private synchronized void scheduleRead() {
    if (!closed) {
      cancel(nextRead);
      Duration soon = options.pollInterval();
      Duration interval = failing && soon.compareTo(readInterval) < 0 ? soon : readInterval;
      nextRead = scheduler.schedule(Randomness.jitter(interval, SPREAD, random), this::read);
    }
  }

  private void read() {
    long before = reportCount();
    CompletableFuture<ServiceSnapshot> call =
        RegistryCall.within(
                options.callDeadline(), scheduler, registry, () -> registry.instances(service))
            .toCompletableFuture();
    CompletionStage<ServiceSnapshot> answer = call;
    synchronized (this) {
      reading = call;
    }
    answer.whenComplete((snapshot, error) -> readEnded(before, snapshot, error));
  }

  private synchronized long reportCount() {
    return reports;
  }

  private void readEnded(
      long before, @Nullable ServiceSnapshot snapshot, @Nullable Throwable error) {
    try {
      if (snapshot != null) {
        ifNewest(before, () -> heard(snapshot));
      } else {
        RegistryException failure =
            error instanceof RegistryException known
                ? known
                : new RegistryException.Protocol(registry.name() + ": no list", error);
        ifNewest(before, () -> failed(failure));
      }
    } finally {
      scheduleRead(); // whatever came, and whatever the consumer made of it
    }
  }

  /** When the watch was faster, what was read, or that nothing was, may be older. */
  private synchronized void ifNewest(long before, Runnable reaction) {
    if (reports == before) {
      reaction.run();
    }
  }

  private synchronized void heard(ServiceSnapshot snapshot) {
    if (closed) {
      return;
    }
    reports++;
    reported = snapshot;
    confirmedAt = scheduler.nanoTime();
    if (failing) {
      failing = false;
      log.say(Level.INFO, "recovered", service + ": " + registry.name() + " answers again");
    }
    serve(snapshot);
  }

  private synchronized void failed(RegistryException error) {
    if (closed) {
      return;
    }
    guard.interrupt();
    cancel(doubtEnds);
    boolean wasWell = !failing;
    failing = true;
    if (wasWell && nextRead != null) {
      scheduleRead();
    }
    ServiceSnapshot current = served;
    if (current != null) {
      served = current.withFreshness(Freshness.STALE);
    }
    String held = current == null ? "nothing yet" : current.instances().size() + " instances";
    log.say(
        Level.WARNING,
        error.getClass().getSimpleName(),
        service + ": " + error.getMessage() + "; serving " + held);
  }

  private void serve(ServiceSnapshot snapshot) {
    long now = scheduler.nanoTime();
    ServiceSnapshot judged = guard.judge(snapshot, now);
    ServiceSnapshot before = served;
    served = judged;
    awaitEndOfDoubt(now);
    if (before == null || !before.instances().equals(judged.instances())) {
      consumer.accept(judged);
    }
    if (judged.freshness() == Freshness.FRESH) {
      disk.ifPresent(copy -> copy.keep(judged));
    } else if (judged.freshness() == Freshness.GUARDED) {
      String doubted = service + ": doubting a list of " + snapshot.instances().size();
      log.say(Level.WARNING, "guarded", doubted + "; serving " + judged.instances().size());
    }
  }

  private void awaitEndOfDoubt(long now) {
    cancel(doubtEnds);
    long remaining = guard.remaining(now);
    doubtEnds =
        remaining == Long.MAX_VALUE
            ? null
            : scheduler.schedule(Duration.ofNanos(remaining), this::endDoubt);
  }

  private synchronized void endDoubt() {
    if (!closed && !failing && reported != null) {
      serve(reported);
    }
  }

  /** The copy on disk was read: it is the list, or the measure of the registry's first one. */
  private synchronized void restored(ServiceSnapshot copy) {
    boolean tooLate = reports > 1 || (reports == 1 && failing);
    if (closed || tooLate) {
      return;
    }
    guard.assume(copy);
    if (reported != null) {
      serve(reported);
      return;
    }
    Duration age = Duration.between(copy.readAt(), scheduler.instant());
    confirmedAt = scheduler.nanoTime() - Math.max(0, age.toNanos());
    served = copy;
    consumer.accept(copy);
  }

  private static void cancel(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
