package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of the directory as Consul shows a service, the order of the fields included. */
record Views(Node node) {
  /** The id of the check that stands for maintenance, before the service's id. */
  static final String MAINTENANCE = "_service_maintenance:";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** An entry of {@code /v1/health/service}. */
  ObjectNode healthEntry(Entry row) {
    ObjectNode entry = JSON.objectNode();
    boolean own = hasAddress(row);
    entry.set("Node", node.row(own ? node.address() : row.instance().host()));
    entry.set("Service", healthService(row));
    ArrayNode checks = entry.putArray("Checks");
    checks.add(node.check());
    checks(row).forEach(checks::add);
    return entry;
  }

  private ObjectNode healthService(Entry row) {
    ObjectNode service = JSON.objectNode();
    service.put("ID", row.wireId());
    service.put("Service", row.key().service());
    service.set("Tags", tags(row));
    service.put("Address", address(row));
    taggedAddresses(row).ifPresent(addresses -> service.set("TaggedAddresses", addresses));
    Map<String, String> meta = meta(row);
    boolean none = meta.isEmpty() && !NativeRecord.of(row).map(NativeRecord::hasMeta).orElse(false);
    service.set("Meta", none ? JSON.nullNode() : pairs(meta));
    service.put("Port", port(row));
    service.set("Weights", weights(row));
    service.put("EnableTagOverride", overridesTags(row));
    service.set("Proxy", proxy());
    service.putObject("Connect");
    service.put("CreateIndex", row.createIndex());
    service.put("ModifyIndex", row.modifyIndex());
    return service;
  }

  private static ObjectNode proxy() {
    ObjectNode proxy = JSON.objectNode();
    proxy.putObject("MeshGateway");
    proxy.putObject("Expose");
    return proxy;
  }

  /** A row of {@code /v1/catalog/service}. */
  ObjectNode catalogRow(Entry row) {
    ObjectNode service = JSON.objectNode();
    String nodeAddress = hasAddress(row) ? node.address() : row.instance().host();
    service.put("ID", node.id());
    service.put("Node", node.name());
    service.put("Address", nodeAddress);
    service.put("Datacenter", Node.DATACENTER);
    service.set("TaggedAddresses", Node.taggedAddresses(nodeAddress));
    service.set("NodeMeta", Node.meta());
    service.put("ServiceKind", "");
    service.put("ServiceID", row.wireId());
    service.put("ServiceName", row.key().service());
    service.set("ServiceTags", tags(row));
    service.put("ServiceAddress", address(row));
    taggedAddresses(row).ifPresent(addresses -> service.set("ServiceTaggedAddresses", addresses));
    service.set("ServiceWeights", weights(row));
    service.set("ServiceMeta", pairs(meta(row)));
    service.put("ServicePort", port(row));
    service.put("ServiceEnableTagOverride", overridesTags(row));
    service.set("ServiceProxy", proxy());
    service.putObject("ServiceConnect");
    service.put("CreateIndex", row.createIndex());
    service.put("ModifyIndex", row.modifyIndex());
    return service;
  }

  /** A value of {@code /v1/agent/services}. */
  ObjectNode agentService(Entry row) {
    ObjectNode service = JSON.objectNode();
    service.put("ID", row.wireId());
    service.put("Service", row.key().service());
    service.set("Tags", tags(row));
    service.set("Meta", pairs(meta(row)));
    service.put("Port", port(row));
    service.put("Address", address(row));
    taggedAddresses(row).ifPresent(addresses -> service.set("TaggedAddresses", addresses));
    service.set("Weights", weights(row));
    service.put("EnableTagOverride", overridesTags(row));
    return service;
  }

  /** The checks of a row, by their ids. */
  List<ObjectNode> checks(Entry row) {
    List<ObjectNode> checks = new ArrayList<>();
    for (CheckState check : row.checks()) {
      checks.add(check(row, check));
    }
    if (needsWord(row)) {
      checks.add(ownWord(row));
    }
    checks.sort(Comparator.comparing(check -> check.path("CheckID").textValue()));
    return checks;
  }

  private ObjectNode check(Entry row, CheckState check) {
    CheckDefinition definition = check.definition();
    ObjectNode node = checkHead(definition.id(), definition.name());
    node.put("Status", check.status().label());
    node.put("Notes", definition.notes());
    node.put("Output", check.output());
    return checkTail(node, row, type(definition.kind()), check);
  }

  /** An instance that says itself that it takes no traffic is critical, whatever is checked. */
  private static boolean needsWord(Entry row) {
    boolean checkedOut =
        row.checks().stream()
            .anyMatch(check -> check.definition().kind() == CheckDefinition.Kind.MAINTENANCE);
    return !row.ownWord().takesTraffic() && !checkedOut;
  }

  private ObjectNode ownWord(Entry row) {
    boolean out = row.ownWord() == InstanceStatus.OUT_OF_SERVICE;
    ObjectNode check =
        out
            ? checkHead(MAINTENANCE + row.wireId(), "Service Maintenance Mode")
            : checkHead("status:" + row.wireId(), "Status of the instance itself");
    check.put("Status", "critical");
    check.put("Notes", "");
    check.put("Output", row.ownWord().name());
    return checkTail(check, row, out ? "maintenance" : "ttl", null);
  }

  private ObjectNode checkHead(String id, String name) {
    ObjectNode check = JSON.objectNode();
    check.put("Node", node.name());
    check.put("CheckID", id);
    check.put("Name", name);
    return check;
  }

  private static ObjectNode checkTail(
      ObjectNode check, Entry row, String type, @Nullable CheckState of) {
    check.put("ServiceID", row.wireId());
    check.put("ServiceName", row.key().service());
    check.set("ServiceTags", tags(row));
    check.put("Type", type);
    check.putObject("Definition");
    check.put("CreateIndex", of == null ? row.createIndex() : of.createIndex());
    check.put("ModifyIndex", of == null ? row.modifyIndex() : of.modifyIndex());
    return check;
  }

  private static String type(CheckDefinition.Kind kind) {
    return switch (kind) {
      case HTTP -> "http";
      case TCP -> "tcp";
      case TTL -> "ttl";
      case TOLD -> "";
      case MAINTENANCE -> "maintenance";
    };
  }

  private static ArrayNode tags(Entry row) {
    ArrayNode tags = JSON.arrayNode();
    row.instance().tags().forEach(tags::add);
    return tags;
  }

  private static boolean hasAddress(Entry row) {
    return NativeRecord.of(row).map(NativeRecord::hasAddress).orElse(true);
  }

  private static String address(Entry row) {
    return hasAddress(row) ? row.instance().host() : "";
  }

  private static int port(Entry row) {
    boolean given = NativeRecord.of(row).map(NativeRecord::hasPort).orElse(true);
    return given ? row.instance().port() : 0;
  }

  private static boolean overridesTags(Entry row) {
    return NativeRecord.of(row).map(NativeRecord::enableTagOverride).orElse(false);
  }

  /** As Consul adds them where the address is an IP address. */
  private static Optional<ObjectNode> taggedAddresses(Entry row) {
    String address = address(row);
    boolean ipv6 = address.indexOf(':') >= 0;
    if (!ipv6 && !address.matches("[0-9.]+")) {
      return Optional.empty();
    }
    ObjectNode addresses = JSON.objectNode();
    for (String net : new String[] {"lan", "wan"}) {
      ObjectNode one = addresses.putObject(net + (ipv6 ? "_ipv6" : "_ipv4"));
      one.put("Address", address);
      one.put("Port", port(row));
    }
    return Optional.of(addresses);
  }

  private static ObjectNode weights(Entry row) {
    ObjectNode weights = JSON.objectNode();
    weights.put("Passing", Math.max(1, row.instance().weight())); // Consul knows no 0
    weights.put("Warning", NativeRecord.of(row).map(NativeRecord::warning).orElse(1));
    return weights;
  }

  /**
   * The metadata, and for an instance that is no client of Consul's what Consul has no place for.
   */
  private static Map<String, String> meta(Entry row) {
    ServiceInstance instance = row.instance();
    Map<String, String> meta = new TreeMap<>(instance.metadata());
    if (NativeRecord.of(row).isPresent()) {
      return meta;
    }
    Map<String, String> flat = FlatInstance.write(instance.withStatus(row.ownWord()));
    for (String key : Registrations.CARRIED) {
      String value = flat.get(key);
      if (value != null) {
        meta.put(ServiceBody.OWN + key, value);
      }
    }
    if (instance.weight() == 0) {
      meta.put(ServiceBody.OWN + "weight", "0");
    }
    if (!row.wireId().equals(instance.id())) {
      meta.put(ServiceBody.OWN + "id", instance.id());
    }
    return meta;
  }

  private static ObjectNode pairs(Map<String, String> pairs) {
    ObjectNode node = JSON.objectNode();
    pairs.forEach(node::put);
    return node;
  }
}
