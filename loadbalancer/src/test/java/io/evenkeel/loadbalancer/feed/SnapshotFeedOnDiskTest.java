package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFeedOnDiskTest {
  @TempDir Path directory;

  private final ManualTime time = ManualTime.start();
  private final List<ServiceSnapshot> served = new ArrayList<>();
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();

  @Test
  void a_start_without_the_registry_serves_the_copy_as_stale() throws IOException {
    keep(upTo(3));
    try (SnapshotFeed feed = start(Runnable::run)) {
      assertEquals(upTo(3), last().instances());
      assertEquals(Freshness.STALE, feed.snapshot().orElseThrow().freshness());
    }
  }

  @Test
  void the_copys_age_counts_from_when_it_was_read_from_the_registry() throws IOException {
    ServiceSnapshot old =
        new ServiceSnapshot(
            SERVICE, 1, upTo(3), "x:", Freshness.FRESH, time.instant().minus(Duration.ofHours(2)));
    new SnapshotFile(directory, SERVICE).write(old);
    try (SnapshotFeed feed = start(Runnable::run)) {
      assertEquals(Duration.ofHours(2), feed.age());
    }
  }

  @Test
  void a_registry_that_answers_empty_after_a_restart_is_doubted() throws IOException {
    keep(upTo(3));
    try (SnapshotFeed feed = start(Runnable::run)) {
      registry.push(List.of());
      assertEquals(Freshness.GUARDED, feed.snapshot().orElseThrow().freshness());
      assertEquals(upTo(3), last().instances());
    }
  }

  @Test
  void it_is_doubted_also_when_it_is_faster_than_the_disk() throws IOException {
    keep(upTo(3));
    try (SnapshotFeed feed = start(jobs::add)) {
      registry.push(List.of());
      runJobs();
      assertEquals(Freshness.GUARDED, feed.snapshot().orElseThrow().freshness());
      assertEquals(upTo(3), last().instances());
    }
  }

  @Test
  void a_good_list_that_is_faster_than_the_disk_stays() throws IOException {
    keep(upTo(3));
    try (SnapshotFeed feed = start(jobs::add)) {
      registry.push(upTo(4));
      runJobs();
      assertEquals(Freshness.FRESH, feed.snapshot().orElseThrow().freshness());
      assertEquals(upTo(4), last().instances());
      assertEquals(1, served.size());
    }
  }

  @Test
  void a_copy_that_arrives_after_close_is_not_heard() throws IOException {
    keep(upTo(3));
    start(jobs::add).close();
    runJobs();
    assertEquals(List.of(), served);
  }

  @Test
  void good_lists_are_kept_and_doubted_ones_are_not() throws IOException {
    try (SnapshotFeed feed = start(Runnable::run)) {
      registry.push(upTo(5));
      assertEquals(upTo(5), kept());
      registry.push(upTo(1));
      assertEquals(upTo(5), kept());
      time.advance(Duration.ofSeconds(30));
      assertEquals(upTo(1), kept());
      assertFalse(feed.snapshot().isEmpty());
    }
  }

  @Test
  void the_service_goes_on_when_the_directory_cannot_be_written() throws IOException {
    Path obstacle = Files.createFile(directory.resolve("obstacle"));
    FeedOptions options = FeedOptions.defaults().withDirectory(obstacle.resolve("below"));
    try (SnapshotFeed feed = start(Runnable::run, options)) {
      registry.push(upTo(2));
      assertEquals(upTo(2), feed.snapshot().orElseThrow().instances());
    }
  }

  private SnapshotFeed start(Executor disk) {
    return start(disk, FeedOptions.defaults().withDirectory(directory));
  }

  private SnapshotFeed start(Executor disk, FeedOptions options) {
    FeedContext context = new FeedContext(time, Randomness.seeded(1), disk);
    return SnapshotFeed.start(registry, SERVICE, options, context, served::add);
  }

  private void keep(List<ServiceInstance> instances) throws IOException {
    new SnapshotFile(directory, SERVICE).write(snapshot(instances));
  }

  private List<ServiceInstance> kept() throws IOException {
    return new SnapshotFile(directory, SERVICE).read().orElseThrow().instances();
  }

  private ServiceSnapshot last() {
    return served.get(served.size() - 1);
  }

  private void runJobs() {
    for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
      job.run();
    }
  }
}
