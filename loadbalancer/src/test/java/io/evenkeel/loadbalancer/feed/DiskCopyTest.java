package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.CollectedLogs;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.testkit.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCopyTest {
  @TempDir Path directory;

  private final ManualTime time = ManualTime.start();
  private final QuietLog log = new QuietLog(System.getLogger("disk-copy-test"), time);
  private final Queue<Runnable> jobs = new ArrayDeque<>();

  @Test
  void the_newest_list_is_the_last_on_disk() throws IOException {
    DiskCopy copy = new DiskCopy(file("a"), "a", jobs::add, log);
    copy.keep(snapshot("a", upTo(1)));
    copy.keep(snapshot("a", upTo(2)));
    copy.keep(snapshot("a", upTo(3)));
    assertEquals(3, runJobs());
    assertEquals(3, file("a").read().orElseThrow().instances().size());
  }

  @Test
  void the_copy_is_read_before_the_first_list_replaces_it() throws IOException {
    file("a").write(snapshot("a", upTo(5)));
    List<ServiceSnapshot> found = new ArrayList<>();
    DiskCopy copy = new DiskCopy(file("a"), "a", jobs::add, log);
    copy.read(found::add);
    copy.keep(snapshot("a", List.of()));
    runJobs();
    assertEquals(5, found.get(0).instances().size());
    assertEquals(0, file("a").read().orElseThrow().instances().size());
  }

  @Test
  void the_same_instances_are_not_written_again() {
    DiskCopy copy = new DiskCopy(file("a"), "a", jobs::add, log);
    copy.keep(snapshot("a", upTo(1)));
    copy.keep(snapshot("a", upTo(1)));
    assertEquals(1, runJobs());
  }

  @Test
  void after_a_failed_write_the_same_list_is_tried_again() throws IOException {
    Path obstacle = Files.createFile(directory.resolve("obstacle"));
    SnapshotFile blocked = new SnapshotFile(obstacle, "b");
    DiskCopy copy = new DiskCopy(blocked, "b", Runnable::run, log);
    copy.keep(snapshot("b", upTo(1)));
    Files.delete(obstacle);
    copy.keep(snapshot("b", upTo(1)));
    assertTrue(blocked.read().isPresent());
  }

  @Test
  void a_failed_write_of_an_older_list_does_not_lose_the_newer_one() throws IOException {
    Path obstacle = Files.createFile(directory.resolve("obstacle"));
    SnapshotFile blocked = new SnapshotFile(obstacle, "c");
    DiskCopy copy = new DiskCopy(blocked, "c", jobs::add, log);
    copy.keep(snapshot("c", upTo(1)));
    runJobs();
    copy.keep(snapshot("c", upTo(2)));
    Files.delete(obstacle);
    runJobs();
    assertEquals(2, blocked.read().orElseThrow().instances().size());
  }

  @Test
  void a_disk_that_fails_is_told_of_twice_a_minute_at_most() throws IOException {
    Path obstacle = Files.createFile(directory.resolve("obstacle"));
    DiskCopy copy =
        new DiskCopy(new SnapshotFile(obstacle, "quiet"), "quiet-disk", Runnable::run, log);
    for (int second = 0; second < 60; second++) {
      copy.keep(snapshot("quiet", upTo(second % 2)));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(2, CollectedLogs.holding("WARNING", "quiet-disk: no copy on disk").size());
  }

  @Test
  void a_damaged_copy_is_told_of_and_ignored() throws IOException {
    file("damaged").write(snapshot("damaged", upTo(1)));
    try (var files = Files.list(directory)) {
      Files.write(files.findFirst().orElseThrow(), new byte[100]);
    }
    List<ServiceSnapshot> found = new ArrayList<>();
    new DiskCopy(file("damaged"), "damaged", Runnable::run, log).read(found::add);
    assertEquals(List.of(), found);
    assertEquals(1, CollectedLogs.holding("WARNING", "damaged: copy on disk ignored").size());
  }

  @Test
  void an_executor_that_rejects_is_a_warning_and_not_the_end() throws IOException {
    boolean[] rejects = {true};
    DiskCopy copy =
        new DiskCopy(
            file("r"),
            "rejected",
            job -> {
              if (rejects[0]) {
                throw new RejectedExecutionException("full");
              }
              job.run();
            },
            log);
    copy.keep(snapshot("r", upTo(1)));
    assertEquals(Optional.empty(), file("r").read());
    rejects[0] = false;
    copy.keep(snapshot("r", upTo(1)));
    assertTrue(file("r").read().isPresent());
  }

  private SnapshotFile file(String service) {
    return new SnapshotFile(directory, service);
  }

  private int runJobs() {
    int run = 0;
    for (Runnable job = jobs.poll(); job != null; job = jobs.poll()) {
      job.run();
      run++;
    }
    return run;
  }
}
