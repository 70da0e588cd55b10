package io.evenkeel.loadbalancer.feed;

import io.evenkeel.model.ServiceSnapshot;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a {@link SnapshotFile} on an executor that may block. Jobs run one after the
 * other in the order they were asked for, so that a list that comes early does not overwrite a copy
 * that was not read yet, and the newest list is the last on disk. Failures are logged and change
 * nothing else. Safe from any thread.
 */
final class DiskCopy {
  private final SnapshotFile file;
  private final String service;
  private final Executor executor;
  private final QuietLog log;
  private final AtomicReference<@Nullable ServiceSnapshot> wanted = new AtomicReference<>();

  private CompletionStage<?> lastJob = CompletableFuture.completedStage(null); // guarded by this
  private @Nullable ServiceSnapshot written; // by one job at a time

  DiskCopy(SnapshotFile file, String service, Executor executor, QuietLog log) {
    this.file = file;
    this.service = service;
    this.executor = executor;
    this.log = log;
  }

  /** Hands the copy on, if there is a sound one. */
  void read(Consumer<ServiceSnapshot> found) {
    enqueue(
        () -> {
          try {
            file.read().ifPresent(found);
          } catch (IOException e) {
            failed("copy on disk ignored", e);
          }
        });
  }

  /** Keeps this list from now on; one with the same instances is not written again. */
  void keep(ServiceSnapshot newest) {
    ServiceSnapshot before = wanted.get();
    if (before == null || !before.instances().equals(newest.instances())) {
      wanted.set(newest);
      enqueue(this::write);
    }
  }

  private void write() {
    ServiceSnapshot newest = wanted.get();
    if (newest == null || newest.equals(written)) {
      return; // an earlier job has done it
    }
    try {
      file.write(newest);
      written = newest;
    } catch (IOException e) {
      wanted.compareAndSet(newest, null); // the next list tries again
      failed("no copy on disk", e);
    }
  }

  private synchronized void enqueue(Runnable job) {
    CompletionStage<?> next =
        lastJob.handleAsync(
            (ended, error) -> {
              job.run();
              return ended;
            },
            executor);
    next.whenComplete((ended, error) -> rejected(error));
    lastJob = next;
  }

  /** The executor would not run the job, or the job met what it did not expect. */
  private void rejected(@Nullable Throwable error) {
    if (error != null) {
      wanted.set(null);
      failed("no copy on disk", error);
    }
  }

  private void failed(String what, Throwable error) {
    log.say(Level.WARNING, "disk", service + ": " + what + ": " + error);
  }
}
