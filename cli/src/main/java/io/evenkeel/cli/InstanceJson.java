package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;

/** Instances and lists of them as JSON objects; every field is always there. */
final class InstanceJson {
  private InstanceJson() {}

  static ObjectNode of(ServiceInstance instance) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("service", instance.service()).put("id", instance.id());
    object.put("scheme", instance.scheme()).put("host", instance.host());
    object.put("port", instance.port()).put("weight", instance.weight());
    object.put("zone", instance.zone()).put("version", instance.version());
    object.put("status", instance.status().name());
    ArrayNode tags = object.putArray("tags");
    instance.tags().forEach(tags::add);
    ObjectNode metadata = object.putObject("metadata");
    instance.metadata().forEach(metadata::put);
    return object.put("health", health(instance.healthCheck()));
  }

  static ObjectNode of(ServiceSnapshot snapshot) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("service", snapshot.service()).put("revision", snapshot.revision());
    object.put("freshness", snapshot.freshness().name()).put("source", snapshot.source());
    object.put("readAt", snapshot.readAt().toString());
    ArrayNode instances = object.putArray("instances");
    snapshot.instances().forEach(instance -> instances.add(of(instance)));
    return object;
  }

  private static String health(HealthCheck check) {
    if (check instanceof HealthCheck.Http http) {
      return http.target();
    }
    return check instanceof HealthCheck.Tcp ? "tcp" : "";
  }
}
