package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
  @TempDir Path directory;

  @Test
  void every_field_of_an_instance_survives() throws IOException {
    ServiceInstance full =
        instance(1).toBuilder()
            .scheme("grpc")
            .weight(65_535)
            .zone("zone ä")
            .version("1.2.3-日本")
            .status(InstanceStatus.DRAINING)
            .tags(List.of("z", "a", "m"))
            .metadata("z", "")
            .metadata("a", "x".repeat(512))
            .healthCheck(HealthCheck.tcp())
            .build();
    assertEquals(List.of(full), written(List.of(full)).instances());
  }

  @Test
  void the_order_of_tags_and_metadata_survives() throws IOException {
    ServiceInstance ordered =
        instance(1).toBuilder()
            .tags(List.of("z", "a", "m"))
            .metadata("z", "1")
            .metadata("a", "2")
            .build();
    ServiceInstance read = written(List.of(ordered)).instances().get(0);
    assertEquals(List.of("z", "a", "m"), new ArrayList<>(read.tags()));
    assertEquals(List.of("z", "a"), new ArrayList<>(read.metadata().keySet()));
  }

  @Test
  void every_kind_of_health_check_survives() throws IOException {
    List<ServiceInstance> all =
        Stream.of(
                HealthCheck.none(),
                HealthCheck.tcp(),
                HealthCheck.http("/health"),
                new HealthCheck.Http("http://x/", Duration.ofHours(24), Duration.ofNanos(1)))
            .map(check -> instance(1).toBuilder().healthCheck(check).build())
            .toList();
    assertEquals(all, written(all).instances());
  }

  @Test
  void every_status_survives() throws IOException {
    List<ServiceInstance> all =
        Arrays.stream(InstanceStatus.values()).map(instance(1)::withStatus).toList();
    assertEquals(all, written(all).instances());
  }

  @Test
  void the_copy_is_stale_and_says_where_it_came_from_and_when() throws IOException {
    Instant readAt = Instant.parse("2026-01-02T03:04:05.006Z");
    SnapshotFile file = new SnapshotFile(directory, SERVICE);
    file.write(new ServiceSnapshot(SERVICE, 42, upTo(2), "x:", Freshness.FRESH, readAt));
    assertEquals(
        new ServiceSnapshot(SERVICE, 42, upTo(2), "disk", Freshness.STALE, readAt),
        file.read().orElseThrow());
  }

  @Test
  void an_empty_list_survives() throws IOException {
    assertEquals(List.of(), written(List.of()).instances());
  }

  @Test
  void without_a_file_or_a_directory_there_is_no_copy() throws IOException {
    assertEquals(Optional.empty(), new SnapshotFile(directory.resolve("no"), SERVICE).read());
  }

  @Test
  void a_missing_directory_is_made() throws IOException {
    SnapshotFile file = new SnapshotFile(directory.resolve("a/b"), SERVICE);
    file.write(snapshot(upTo(1)));
    assertTrue(file.read().isPresent());
  }

  @Test
  void a_file_cut_at_any_byte_is_refused() throws IOException {
    written(upTo(1));
    byte[] whole = Files.readAllBytes(onlyFile());
    for (int length = 0; length < whole.length; length++) {
      Files.write(onlyFile(), Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> new SnapshotFile(directory, SERVICE).read());
    }
  }

  @Test
  void a_file_with_any_bit_flipped_is_refused() throws IOException {
    written(upTo(1));
    byte[] whole = Files.readAllBytes(onlyFile());
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(onlyFile(), flipped);
      assertThrows(
          IOException.class, () -> new SnapshotFile(directory, SERVICE).read(), "bit " + bit);
    }
  }

  @Test
  void a_file_with_something_behind_it_is_refused() throws IOException {
    written(upTo(1));
    byte[] whole = Files.readAllBytes(onlyFile());
    Files.write(onlyFile(), Arrays.copyOf(whole, whole.length + 1));
    assertThrows(IOException.class, () -> new SnapshotFile(directory, SERVICE).read());
  }

  @Test
  void another_services_file_is_refused() throws IOException {
    written(upTo(1));
    Path ordersFile = onlyFile();
    SnapshotFile users = new SnapshotFile(directory, "users");
    users.write(snapshot("users", List.of()));
    Path usersFile = files().stream().filter(f -> !f.equals(ordersFile)).findFirst().orElseThrow();
    Files.copy(ordersFile, usersFile, StandardCopyOption.REPLACE_EXISTING);
    IOException refused = assertThrows(IOException.class, users::read);
    assertTrue(refused.getMessage().contains("service orders (expected: users)"));
  }

  @Test
  void another_format_version_is_refused_by_name() throws IOException {
    written(upTo(1));
    byte[] whole = Files.readAllBytes(onlyFile());
    whole[7] = 2;
    Files.write(onlyFile(), whole);
    IOException refused =
        assertThrows(IOException.class, () -> new SnapshotFile(directory, SERVICE).read());
    assertTrue(refused.getMessage().contains("format 2 (expected: 1)"));
  }

  @Test
  void a_monstrous_file_is_refused_before_it_is_read() throws IOException {
    written(upTo(1));
    try (RandomAccessFile sparse = new RandomAccessFile(onlyFile().toFile(), "rw")) {
      sparse.setLength(5L << 30);
    }
    IOException refused =
        assertThrows(IOException.class, () -> new SnapshotFile(directory, SERVICE).read());
    assertTrue(refused.getMessage().contains("expected: 0..67108864"));
  }

  @Test
  void a_list_too_large_to_be_read_again_does_not_replace_the_copy() throws IOException {
    SnapshotFile file = new SnapshotFile(directory, SERVICE);
    file.write(snapshot(upTo(2)));
    ServiceInstance.Builder large = instance(SERVICE, 1);
    IntStream.range(0, 64).forEach(n -> large.metadata("k" + n, "日".repeat(512)));
    List<ServiceInstance> monstrous = Collections.nCopies(700, large.build());
    assertThrows(IOException.class, () -> file.write(snapshot(monstrous)));
    assertEquals(upTo(2), file.read().orElseThrow().instances());
  }

  @Test
  void a_directory_that_is_a_file_is_an_error_and_not_a_crash() throws IOException {
    Path notDirectory = Files.createFile(directory.resolve("file"));
    SnapshotFile file = new SnapshotFile(notDirectory.resolve("below"), SERVICE);
    assertThrows(IOException.class, () -> file.write(snapshot(upTo(1))));
    assertEquals(Optional.empty(), file.read());
  }

  @Test
  void a_write_that_fails_leaves_no_half_written_file() throws IOException {
    written(upTo(1));
    Path target = onlyFile();
    Files.delete(target);
    Files.createDirectory(target);
    Files.createFile(target.resolve("keeps it from being replaced"));
    assertThrows(
        IOException.class, () -> new SnapshotFile(directory, SERVICE).write(snapshot(upTo(2))));
    assertEquals(List.of(target), files());
  }

  @Test
  void a_second_writer_that_died_half_way_harms_nobody() throws IOException {
    written(upTo(1));
    Path name = onlyFile().getFileName();
    Files.createDirectory(directory.resolve(name + ".new"));
    Files.createFile(directory.resolve(name + ".new/x"));
    assertEquals(upTo(2), written(upTo(2)).instances());
  }

  @Test
  void the_longest_name_has_a_file() throws IOException {
    String longest = "x".repeat(255);
    SnapshotFile file = new SnapshotFile(directory, longest);
    file.write(snapshot(longest, List.of()));
    assertTrue(file.read().isPresent());
  }

  @Test
  void names_that_share_their_first_64_bytes_have_different_files() throws IOException {
    String a = "x".repeat(64) + "a";
    String b = "x".repeat(64) + "b";
    new SnapshotFile(directory, a).write(snapshot(a, List.of()));
    new SnapshotFile(directory, b).write(snapshot(b, List.of()));
    assertEquals(2, files().size());
    assertNotEquals(new SnapshotFile(directory, a).read(), new SnapshotFile(directory, b).read());
  }

  @Test
  void a_name_that_is_a_path_stays_in_the_directory() throws IOException {
    Path inner = Files.createDirectory(directory.resolve("inner"));
    SnapshotFile file = new SnapshotFile(inner, "..@..:..");
    file.write(snapshot("x", List.of()));
    try (Stream<Path> all = Files.list(directory)) {
      assertEquals(List.of(inner), all.toList());
    }
  }

  private ServiceSnapshot written(List<ServiceInstance> instances) throws IOException {
    new SnapshotFile(directory, SERVICE).write(snapshot(instances));
    return new SnapshotFile(directory, SERVICE).read().orElseThrow();
  }

  private Path onlyFile() throws IOException {
    List<Path> all = files();
    assertEquals(1, all.size());
    return all.get(0);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.toList();
    }
  }
}
