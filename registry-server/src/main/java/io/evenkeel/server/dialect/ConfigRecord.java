package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a config-service knows of an instance: as a foreign client sent it, or made from an instance
 * that was registered elsewhere.
 *
 * @param healthUrl null if there is none
 * @param metadata as the client sent it, or as a client of the dialect would have
 */
record ConfigRecord(
    InstanceKey key,
    String url,
    @Nullable String healthUrl,
    ConfigStatus status,
    ObjectNode metadata) {
  /** What identifies records of this dialect. */
  static final String LABEL = "config-service";

  private static final int MAX_METADATA = 64; // as many as an instance takes
  private static final String HEALTH_URL = "health_check_url";
  private static final String ID = "instance_id";
  private static final String STATUS = "status";

  /** The record of a row, with the status that its checks make of it. */
  static ConfigRecord of(Entry row) {
    return Documents.read(LABEL, row)
        .map(document -> foreign(row, document))
        .orElseGet(() -> derived(row.key(), row.instance()));
  }

  private static ConfigRecord foreign(Entry row, ObjectNode document) {
    ObjectNode metadata =
        document.get("metadata") instanceof ObjectNode object ? object : Json.object();
    ConfigStatus own = ConfigStatus.of(metadata.path(STATUS).asText()).orElse(ConfigStatus.UNKNOWN);
    boolean failed = row.isAddressable() && !row.isHealthy();
    return new ConfigRecord(
        row.key(),
        document.path("url").asText(),
        document.path("health").textValue(),
        own == ConfigStatus.HEALTHY && failed ? ConfigStatus.UNHEALTHY : own,
        metadata);
  }

  private static ConfigRecord derived(InstanceKey key, ServiceInstance instance) {
    ObjectNode metadata = Json.object();
    instance.metadata().forEach(metadata::put);
    ConfigStatus status = ConfigStatus.of(instance.status());
    metadata.put(ID, key.id()).put(STATUS, status.label());
    metadata.set(Announced.FIELD, Announced.write(instance));
    String url = Address.of(instance).url();
    String health =
        instance.healthCheck() instanceof HealthCheck.Http http
            ? (http.target().startsWith("/") ? url + http.target() : http.target())
            : null;
    return new ConfigRecord(key, url, health, status, metadata);
  }

  /** What is kept of a foreign registration. */
  String document() {
    ObjectNode document = Json.object().put("url", url).put("health", healthUrl);
    document.set("metadata", metadata);
    return Documents.write(LABEL, document);
  }

  /** Whether {@code /url} may answer with it. */
  boolean isServed(Entry row) {
    return status == ConfigStatus.HEALTHY && (!row.isAddressable() || row.takesTraffic());
  }

  /** As it stands in the list of a service: nulls left out. */
  ObjectNode listed() {
    ObjectNode row = discovered();
    row.remove("registered_at");
    row.remove("last_health_check");
    if (healthUrl == null) {
      row.remove(HEALTH_URL);
    }
    return row;
  }

  /** The same with nulls. */
  ObjectNode discovered() {
    ObjectNode row =
        Json.object()
            .put(ID, key.id())
            .put("service_name", key.service())
            .put("service_url", url)
            .put(HEALTH_URL, healthUrl)
            .put(STATUS, status.label());
    row.set("service_metadata", stored());
    return row.putNull("registered_at").putNull("last_health_check");
  }

  /** The whole stored record: the client's keys, and those that the server adds or overrules. */
  private ObjectNode stored() {
    ObjectNode stored = Json.object().put(HEALTH_URL, healthUrl);
    stored.setAll(metadata);
    return stored.put(ID, key.id()).put("service_url", url);
  }

  /** The metadata, where it is text that fits, as other dialects may show it. */
  void describe(ServiceInstance.Builder instance) {
    int left = MAX_METADATA;
    for (var pair : metadata.properties()) {
      boolean own = pair.getKey().equals(ID) || pair.getKey().equals(STATUS);
      if (left > 0 && !own && !pair.getKey().equals(HEALTH_URL) && fits(pair.getKey(), pair)) {
        instance.metadata(pair.getKey(), pair.getValue().textValue());
        left--;
      }
    }
  }

  private static boolean fits(String key, java.util.Map.Entry<String, JsonNode> pair) {
    if (!(pair.getValue() instanceof TextNode value) || key.startsWith(ServiceInstance.SEALED)) {
      return false;
    }
    String text = value.textValue();
    return !key.isEmpty()
        && key.length() <= 128
        && text.length() <= 512
        && (key + text).codePoints().noneMatch(Character::isISOControl);
  }

  static Optional<ConfigStatus> status(Fields metadata) {
    if (!metadata.has(STATUS)) {
      return Optional.of(ConfigStatus.UNKNOWN);
    }
    JsonNode raw = metadata.raw(STATUS);
    Optional<ConfigStatus> status =
        raw.isTextual() ? ConfigStatus.of(raw.textValue()) : Optional.empty();
    if (status.isEmpty()) {
      metadata.problem(
          "enum",
          STATUS,
          "Input should be " + ConfigStatus.EXPECTED,
          raw,
          Json.object().put("expected", ConfigStatus.EXPECTED));
    }
    return status;
  }
}
