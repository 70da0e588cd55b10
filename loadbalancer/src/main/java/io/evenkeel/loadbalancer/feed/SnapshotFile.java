package io.evenkeel.loadbalancer.feed;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The last good list of one service in one file, for a restart without the registry. The file's
 * name is made from the service's bytes in hexadecimal (cut, with a checksum), never from its text,
 * so no name can lead out of the directory; the text stands inside, so that a file that came to a
 * wrong name is not believed. Written to a file of its own and moved over the old one in one step,
 * so that a full disk, a crash or a second writer leaves a whole copy. Layout: magic, format
 * version, CRC-32 and length of the body, body. Blocking: not for event loops.
 */
final class SnapshotFile {
  private static final int MAGIC = 0x45564b4c; // EVKL
  private static final int FORMAT = 1;
  private static final int HEADER = 20; // bytes: magic, format, checksum, length
  private static final int MAX_BODY = 64 << 20; // 10,000 instances of 6 kB

  private final Path file;
  private final String service;

  SnapshotFile(Path directory, String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(name, 0, Math.min(name.length, 64));
    this.file = directory.resolve(hex + "-" + Long.toHexString(checksum(name)) + ".snapshot");
    this.service = service;
  }

  /** Replaces the copy; on failure the old one stays. */
  void write(ServiceSnapshot snapshot) throws IOException {
    byte[] body = encode(snapshot);
    checkLength(body.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream(HEADER + body.length);
    DataOutputStream out = new DataOutputStream(all);
    out.writeInt(MAGIC);
    out.writeInt(FORMAT);
    out.writeLong(checksum(body));
    out.writeInt(body.length);
    out.write(body);
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path beside = Files.createTempFile(directory, file.getFileName() + ".", ".new");
    try {
      Files.write(beside, all.toByteArray(), StandardOpenOption.SYNC);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** The copy, STALE; empty when there is none. */
  Optional<ServiceSnapshot> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    checkLength(Files.size(file) - HEADER);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      expect("magic", in.readInt(), MAGIC);
      expect("format", in.readInt(), FORMAT);
      long checksum = in.readLong();
      int length = in.readInt();
      byte[] body = in.readAllBytes();
      expect("length", length, body.length);
      expect("checksum", checksum(body), checksum);
      return Optional.of(decode(body));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": holds what no instance may be", e);
    }
  }

  private void checkLength(long length) throws IOException {
    if (length < 0 || length > MAX_BODY) {
      throw new IOException(file + ": length " + length + " (expected: 0.." + MAX_BODY + ")");
    }
  }

  private void expect(String what, long value, long expected) throws IOException {
    if (value != expected) {
      throw new IOException(file + ": " + what + " " + value + " (expected: " + expected + ")");
    }
  }

  private static long checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private byte[] encode(ServiceSnapshot snapshot) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(service);
    out.writeLong(snapshot.revision());
    out.writeLong(snapshot.readAt().toEpochMilli());
    out.writeInt(snapshot.instances().size());
    for (ServiceInstance instance : snapshot.instances()) {
      writeInstance(out, instance);
    }
    return bytes.toByteArray();
  }

  private ServiceSnapshot decode(byte[] body) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    String name = in.readUTF();
    if (!name.equals(service)) {
      throw new IOException(file + ": service " + name + " (expected: " + service + ")");
    }
    long revision = in.readLong();
    Instant readAt = Instant.ofEpochMilli(in.readLong());
    int count = in.readInt();
    List<ServiceInstance> instances = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      instances.add(readInstance(in));
    }
    return new ServiceSnapshot(service, revision, instances, "disk", Freshness.STALE, readAt);
  }

  private static void writeInstance(DataOutputStream out, ServiceInstance instance)
      throws IOException {
    out.writeUTF(instance.id());
    out.writeUTF(instance.scheme());
    out.writeUTF(instance.host());
    out.writeInt(instance.port());
    out.writeInt(instance.weight());
    out.writeUTF(instance.zone());
    out.writeUTF(instance.version());
    out.writeUTF(instance.status().name());
    out.writeInt(instance.tags().size());
    for (String tag : instance.tags()) {
      out.writeUTF(tag);
    }
    out.writeInt(instance.metadata().size());
    for (Map.Entry<String, String> pair : instance.metadata().entrySet()) {
      out.writeUTF(pair.getKey());
      out.writeUTF(pair.getValue());
    }
    writeHealthCheck(out, instance.healthCheck());
  }

  private ServiceInstance readInstance(DataInputStream in) throws IOException {
    String id = in.readUTF();
    String scheme = in.readUTF();
    ServiceInstance.Builder instance =
        ServiceInstance.builder(service, in.readUTF(), in.readInt())
            .id(id)
            .scheme(scheme)
            .weight(in.readInt())
            .zone(in.readUTF())
            .version(in.readUTF())
            .status(InstanceStatus.valueOf(in.readUTF()));
    for (int tags = in.readInt(); tags > 0; tags--) {
      instance.tag(in.readUTF());
    }
    for (int pairs = in.readInt(); pairs > 0; pairs--) {
      instance.metadata(in.readUTF(), in.readUTF());
    }
    return instance.healthCheck(readHealthCheck(in)).build();
  }

  private static void writeHealthCheck(DataOutputStream out, HealthCheck check) throws IOException {
    if (check instanceof HealthCheck.Http http) {
      out.writeUTF("http");
      out.writeUTF(http.target());
      writeTimes(out, http.interval(), http.timeout());
    } else if (check instanceof HealthCheck.Tcp tcp) {
      out.writeUTF("tcp");
      writeTimes(out, tcp.interval(), tcp.timeout());
    } else {
      out.writeUTF("none");
    }
  }

  private static void writeTimes(DataOutputStream out, Duration interval, Duration timeout)
      throws IOException {
    out.writeLong(interval.toNanos());
    out.writeLong(timeout.toNanos());
  }

  private static HealthCheck readHealthCheck(DataInputStream in) throws IOException {
    String kind = in.readUTF();
    return switch (kind) {
      case "http" ->
          new HealthCheck.Http(
              in.readUTF(), Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()));
      case "tcp" ->
          new HealthCheck.Tcp(Duration.ofNanos(in.readLong()), Duration.ofNanos(in.readLong()));
      case "none" -> HealthCheck.none();
      default -> throw new IOException("health check: " + kind + " (expected: http, tcp, none)");
    };
  }
}
