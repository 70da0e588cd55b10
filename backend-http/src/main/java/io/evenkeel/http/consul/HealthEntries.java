package io.evenkeel.http.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.ForeignFields;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of {@code GET /v1/health/service/:name} as instances. An instance of ours says
 * in its meta what Consul has no place for; of another's the version is read from the tag {@code
 * version=…} and https from the tag {@code secure}. One whose lease ran out is left out.
 *
 * <p>Ids are an agent's own in Consul: where two nodes have one, and their instances do not say who
 * they are, the node's name is added.
 */
final class HealthEntries {
  private static final int MAX_TAGS = 64; // the bounds of ServiceInstance
  private static final int MAX_TAG = 255;
  private static final int MAX_WEIGHT = 65_535;
  private static final String VERSION_TAG = "version=";

  private final String service;
  private final WireIds ids;
  private final Set<String> sharedIds;

  private HealthEntries(String service, WireIds ids, Set<String> sharedIds) {
    this.service = service;
    this.ids = ids;
    this.sharedIds = sharedIds;
  }

  /** For the list of a service, which is looked through for ids that occur on several nodes. */
  static HealthEntries of(String service, WireIds ids, JsonNode list) {
    Map<String, String> nodes = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (JsonNode row : list) {
      String id = row.path("Service").path("ID").asText();
      String node = nodes.putIfAbsent(id, node(row));
      if (node != null && !node.equals(node(row))) {
        shared.add(id);
      }
    }
    return new HealthEntries(service, ids, shared);
  }

  private static String node(JsonNode row) {
    return row.path("Node").path("Node").asText();
  }

  /**
   * The instance of one entry; null when its lease ran out.
   *
   * @throws IllegalArgumentException when the entry is not to be believed
   */
  @Nullable ServiceInstance read(JsonNode row) {
    JsonNode entry = row.path("Service");
    Checks checks = Checks.read(row.path("Checks"));
    if (checks.leaseRanOut()) {
      return null;
    }
    Map<String, String> meta = Json.strings(entry.path("Meta"));
    Set<String> tags = tags(entry.path("Tags"));
    boolean ours = meta.keySet().stream().anyMatch(key -> key.startsWith(Registration.OWN));
    Map<String, String> flat = ours ? own(meta) : foreign(tags);
    flat.put("service", service);
    flat.put("host", host(row));
    flat.put("port", Integer.toString(Json.number(entry, "Port")));
    flat.put("id", id(row, meta.get(Registration.ID)));
    ServiceInstance said = FlatInstance.read(flat);
    return said.toBuilder()
        .tags(tags)
        .metadata(userMetadata(meta))
        .weight(weight(meta, entry.path("Weights"), checks))
        .status(said.status() == InstanceStatus.UP ? checks.status() : said.status())
        .build();
  }

  private static Map<String, String> own(Map<String, String> meta) {
    Map<String, String> flat = new HashMap<>();
    for (String key : Registration.CARRIED) {
      String value = meta.get(Registration.OWN + key);
      if (value != null) {
        flat.put(key, value);
      }
    }
    return flat;
  }

  private static Map<String, String> foreign(Set<String> tags) {
    Map<String, String> flat = new HashMap<>();
    for (String tag : tags) {
      if (tag.startsWith(VERSION_TAG)) {
        flat.putIfAbsent("version", tag.substring(VERSION_TAG.length()));
      } else if (tag.equals("secure")) {
        flat.put("scheme", "https");
      }
    }
    return flat;
  }

  /** The service's own address, else its node's. */
  private static String host(JsonNode row) {
    JsonNode own = row.path("Service").path("Address");
    boolean absent =
        own.isMissingNode() || own.isNull() || (own.isTextual() && own.asText().isEmpty());
    return absent
        ? Json.text(row.path("Node"), "Address")
        : Json.text(row.path("Service"), "Address");
  }

  private String id(JsonNode row, @Nullable String own) {
    if (own != null) {
      return own;
    }
    String id = Json.text(row.path("Service"), "ID");
    String name = ids.id(service, id).replaceFirst("^_+", ""); // as Nomad's begin
    return sharedIds.contains(id) ? name + "@" + node(row) : name;
  }

  private static Set<String> tags(JsonNode array) {
    Set<String> tags = new LinkedHashSet<>();
    if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
      throw new IllegalArgumentException("Tags: no array (expected: strings)");
    }
    for (JsonNode tag : array) {
      if (!tag.isTextual()) {
        throw new IllegalArgumentException("Tags: no string in it (expected: strings)");
      }
      if (tags.size() < MAX_TAGS && ForeignFields.isPlain(tag.textValue(), MAX_TAG)) {
        tags.add(tag.textValue());
      }
    }
    return tags;
  }

  private static Map<String, String> userMetadata(Map<String, String> meta) {
    Set<String> ours =
        meta.keySet().stream()
            .filter(key -> key.startsWith(Registration.OWN))
            .collect(Collectors.toSet());
    return ForeignFields.metadata(meta, ours);
  }

  private static int weight(Map<String, String> meta, JsonNode weights, Checks checks) {
    if ("0".equals(meta.get(Registration.OWN + "weight"))) {
      return 0;
    }
    return checks.isWarning() ? clamped(weights, "Warning", 0) : clamped(weights, "Passing", 1);
  }

  private static int clamped(JsonNode weights, String field, int min) {
    JsonNode value = weights.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 1;
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("Weights." + field + ": no number (expected: a number)");
    }
    return (int) Math.max(min, Math.min(MAX_WEIGHT, value.doubleValue()));
  }
}
