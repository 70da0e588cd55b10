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
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The list of one service, for as long as a balancer lives. Watches a registry that can be watched
 * and repairs with a full read every minute; polls one that cannot. What arrives is judged by the
 * {@link MassRemovalGuard}, handed on, and copied to disk if asked; an error changes nothing but
 * the freshness. The first list comes from the disk copy when the registry has not answered by
 * then.
 *
 * <p>The consumer is called under this feed's lock, so by one thread at a time and in order; it
 * must hand the work on and return.
 */
public final class SnapshotFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SnapshotFeed.class.getName());
  private static final double SPREAD = 0.1;
  private static final Duration QUIET = Duration.ofSeconds(30); // one line per cause in this time

  private final ServiceRegistry registry;
  private final String service;
  private final FeedOptions options;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Executor diskExecutor;
  private final Consumer<ServiceSnapshot> consumer;
  private final Optional<SnapshotFile> file;
  private final MassRemovalGuard guard; // guarded by this
  private final Duration readInterval;

  private @Nullable Watch watch; // guarded by this
  private Scheduler.@Nullable Timer nextRead; // guarded by this
  private Scheduler.@Nullable Timer doubtEnds; // guarded by this
  private @Nullable ServiceSnapshot reported; // guarded by this: the registry's last word
  private long reports; // guarded by this: how many lists have come
  private @Nullable ServiceSnapshot onDisk; // guarded by this: last handed to the disk executor
  private @Nullable String lastProblem; // guarded by this
  private long problemLoggedAt; // guarded by this
  private boolean closed; // guarded by this
  private volatile @Nullable ServiceSnapshot served; // written under the lock
  private volatile long servedAt; // written under the lock: nanoTime of the last good word

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
    this.diskExecutor = context.diskExecutor();
    this.consumer = consumer;
    this.guard = new MassRemovalGuard(options.guardGrace());
    this.file = options.copyDirectory().map(directory -> new SnapshotFile(directory, service));
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
    if (feed.file.isPresent()) {
      context.diskExecutor().execute(feed::readDisk);
    }
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
    return served == null ? Duration.ZERO : Duration.ofNanos(scheduler.nanoTime() - servedAt);
  }

  @Override
  public synchronized void close() {
    closed = true;
    cancel(nextRead);
    cancel(doubtEnds);
    if (watch != null) {
      watch.close();
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
    Watch opened = registry.watch(service, listener);
    synchronized (this) {
      watch = opened;
    }
  }

  private synchronized void scheduleRead() {
    if (!closed) {
      nextRead = scheduler.schedule(Randomness.jitter(readInterval, SPREAD, random), this::read);
    }
  }

  private void read() {
    long before = reportCount();
    RegistryCall.within(
            options.callDeadline(), scheduler, registry, () -> registry.instances(service))
        .whenComplete(
            (snapshot, error) -> {
              if (error != null) {
                failed((RegistryException) error);
              } else if (reportCount() == before) {
                heard(snapshot);
              } // else the watch was faster, and what was read may be older
              scheduleRead();
            });
  }

  private synchronized long reportCount() {
    return reports;
  }

  private synchronized void heard(ServiceSnapshot snapshot) {
    if (closed) {
      return;
    }
    reports++;
    reported = snapshot;
    if (lastProblem != null) {
      LOG.log(Level.INFO, () -> service + ": " + registry.name() + " answers again");
      lastProblem = null;
    }
    serve(snapshot);
  }

  private synchronized void failed(RegistryException error) {
    ServiceSnapshot current = served;
    if (closed) {
      return;
    }
    if (current != null) {
      served = current.withFreshness(Freshness.STALE);
    }
    String held = current == null ? "nothing yet" : current.instances().size() + " instances";
    problem(
        error.getClass().getSimpleName(),
        service + ": " + error.getMessage() + "; serving " + held);
  }

  private void serve(ServiceSnapshot snapshot) {
    long now = scheduler.nanoTime();
    ServiceSnapshot judged = guard.judge(snapshot, now);
    ServiceSnapshot before = served;
    served = judged;
    servedAt = now;
    awaitEndOfDoubt(now);
    if (before == null || !before.instances().equals(judged.instances())) {
      consumer.accept(judged);
    }
    if (judged.freshness() == Freshness.FRESH) {
      copyToDisk(judged);
    } else {
      problem("guarded", service + ": doubting a list of " + snapshot.instances().size());
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
    if (!closed && reported != null) {
      serve(reported);
    }
  }

  private void copyToDisk(ServiceSnapshot snapshot) {
    ServiceSnapshot before = onDisk;
    if (file.isEmpty() || (before != null && before.instances().equals(snapshot.instances()))) {
      return;
    }
    onDisk = snapshot;
    diskExecutor.execute(() -> writeDisk(file.get(), snapshot));
  }

  private synchronized boolean isNewestForDisk(ServiceSnapshot snapshot) {
    return snapshot.equals(onDisk);
  }

  private void writeDisk(SnapshotFile target, ServiceSnapshot snapshot) {
    synchronized (target) { // one writer at a time, and the newest list last
      if (!isNewestForDisk(snapshot)) {
        return;
      }
      try {
        target.write(snapshot);
      } catch (IOException e) {
        diskFailed(e);
      }
    }
  }

  private synchronized void diskFailed(IOException error) {
    onDisk = null; // the next list tries again
    problem("disk", service + ": no copy on disk: " + error);
  }

  private void readDisk() {
    try {
      Optional<ServiceSnapshot> copy = file.get().read();
      synchronized (this) {
        if (copy.isPresent() && !closed && served == null) {
          served = copy.get();
          servedAt = scheduler.nanoTime();
          guard.judge(copy.get(), servedAt); // an empty registry is doubted after a restart too
          consumer.accept(copy.get());
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, () -> service + ": copy on disk ignored: " + e.getMessage());
    }
  }

  /** Logs a problem unless the same one was logged a moment ago. Called under the lock. */
  private void problem(String cause, String text) {
    long now = scheduler.nanoTime();
    boolean repeated = cause.equals(lastProblem) && now - problemLoggedAt < QUIET.toNanos();
    if (!repeated) {
      LOG.log(Level.WARNING, text);
      lastProblem = cause;
      problemLoggedAt = now;
    }
  }

  private static void cancel(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
