package io.evenkeel.http.consul;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.ServiceInstance;
import java.util.ArrayList;
import java.util.List;

/** Entries of a health list of the service web, as tests write them. */
final class Entries {
  static final String NODE = "{\"Node\":\"n1\",\"Address\":\"10.9.9.9\"}";

  private Entries() {}

  /** An entry on node n1. */
  static String entry(String service, String checks) {
    return "{\"Node\":" + NODE + ",\"Service\":" + service + ",\"Checks\":" + checks + "}";
  }

  /** An entry of ours with further fields, such as {@code "Tags":["x"]}, and a passing lease. */
  static String ours(String fields) {
    return entry(service(fields), "[" + check("service:web~a", "passing", "") + "]");
  }

  static String service(String fields) {
    String more = fields.isEmpty() ? "" : "," + fields;
    return "{\"ID\":\"web~a\",\"Service\":\"web\",\"Address\":\"10.0.0.1\",\"Port\":80%s}"
        .formatted(more.contains("\"Meta\"") ? more : more + ",\"Meta\":{\"evenkeel-id\":\"a\"}");
  }

  static String check(String id, String status, String output) {
    return "{\"CheckID\":\"%s\",\"Status\":\"%s\",\"Output\":\"%s\"}".formatted(id, status, output);
  }

  static List<ServiceInstance> read(String... entries) {
    JsonNode list = json("[" + String.join(",", entries) + "]");
    HealthEntries reader = HealthEntries.of("web", new WireIds(false), list);
    List<ServiceInstance> instances = new ArrayList<>();
    for (JsonNode row : list) {
      ServiceInstance instance = reader.read(row);
      if (instance != null) {
        instances.add(instance);
      }
    }
    return instances;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
