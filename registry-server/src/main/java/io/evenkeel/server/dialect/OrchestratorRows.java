package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Json;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How an orchestrator shows what it knows. */
final class OrchestratorRows {
  /** What identifies records of this dialect. */
  static final String LABEL = "orchestrator";

  /** The TTL of who asks for none. */
  static final Duration TTL = Duration.ofSeconds(30);

  private final TimeSource time;

  OrchestratorRows(TimeSource time) {
    this.time = time;
  }

  /** Whether a row is known here. */
  static boolean isShown(Entry row) {
    return !row.isExpired() && (row.isAddressable() || Documents.isOf(LABEL, row));
  }

  /** All that is known of a row. */
  ObjectNode detail(Entry row) {
    Optional<ObjectNode> record = Documents.read(LABEL, row);
    ObjectNode detail = Json.object().put("id", row.wireId());
    if (record.isPresent()) {
      detail.set("url", record.get().path("url"));
      detail.set("info", record.get().path("info"));
    } else {
      detail.put("url", Address.of(row.instance()).url());
      detail.set("info", info(row));
    }
    return detail
        .put("registered_at", Timestamps.iso(row.registeredAt()))
        .put("last_updated", Timestamps.iso(row.updatedAt()))
        .put("last_ping_at", Timestamps.iso(row.seenAt()))
        .put("expires_at", Timestamps.iso(expiry(row)));
  }

  private static ObjectNode info(Entry row) {
    ServiceInstance instance = row.instance();
    ObjectNode info = Json.object().put("id", row.wireId()).put("display_name", instance.service());
    info.put("version", instance.version().isEmpty() ? null : instance.version());
    return info.set(Announced.FIELD, Announced.write(instance));
  }

  /** The answer to a ping. */
  ObjectNode alive(Entry row) {
    return Json.object()
        .put("id", row.wireId())
        .put("status", "alive")
        .put("last_ping_at", Timestamps.iso(row.seenAt()))
        .put("expires_at", Timestamps.iso(expiry(row)));
  }

  /** Of what has no lease, or one that was granted elsewhere, it is not known: not too soon. */
  private Instant expiry(Entry row) {
    boolean leased = !row.ttl().isZero() && row.ttl().compareTo(Lease.MAX_TTL) < 0;
    return leased ? row.seenAt().plus(row.ttl()) : time.instant().plus(TTL);
  }

  /** What it runs on, as far as that concerns anyone. */
  JsonNode system() {
    return Json.object()
        .put("current_time", Timestamps.iso(time.instant()))
        .put("timezone", "UTC")
        .put("platform", "Java");
  }
}
