package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.web.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A service as Consul's agent is told it. Ten components, since they are its fields.
 *
 * @param meta as it was given
 * @param metaGiven whether it was given at all: Consul shows null where it was not
 * @param port 0 for none
 */
record ServiceBody(
    String name,
    String id,
    String address,
    int port,
    List<String> tags,
    Map<String, String> meta,
    boolean metaGiven,
    int passing,
    int warning,
    boolean enableTagOverride,
    List<CheckDefinition> checks) {
  private static final Set<String> NAMES =
      Fields.names(
          "Name",
          "ID",
          "Tags",
          "Address",
          "TaggedAddresses",
          "Meta",
          "Port",
          "Kind",
          "Check",
          "Checks",
          "EnableTagOverride",
          "Weights",
          "Namespace",
          "Connect",
          "Proxy",
          "Token",
          "Service",
          "CreateIndex",
          "ModifyIndex");
  private static final Set<String> WEIGHTS = Fields.names("Passing", "Warning");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern WILDCARD = Pattern.compile("0\\.0\\.0\\.0|\\[?[0:]*::?[0:]*]?");
  private static final int MAX_META = 64;

  /** Meta keys that Evenkeel's own client uses; they do not count. */
  static final String OWN = "evenkeel-";

  static ServiceBody read(Buffer body) {
    return of(Fields.read(body, NAMES), "Name");
  }

  /** The service inside a catalog registration, whose name is in the field {@code Service}. */
  static ServiceBody ofCatalog(JsonNode node) {
    return of(Fields.of(node, NAMES), "Service");
  }

  private static ServiceBody of(Fields fields, String nameField) {
    String name = fields.text(nameField);
    if (name.isEmpty()) {
      throw new Refusal(400, "Missing service name");
    }
    refuseMesh(fields);
    String id = fields.text("ID").isEmpty() ? name : fields.text("ID");
    Fields weights = weights(fields);
    Map<String, String> meta = fields.pairs("Meta");
    ServiceBody service =
        new ServiceBody(
            name,
            id,
            fields.text("Address"),
            fields.number("Port", 0),
            fields.texts("Tags"),
            meta,
            fields.has("Meta"),
            weights.number("Passing", 1),
            weights.number("Warning", 1),
            fields.flag("EnableTagOverride"),
            checks(fields, name, id));
    service.validate();
    return service;
  }

  private static Fields weights(Fields fields) {
    JsonNode node = fields.get("Weights");
    JsonNode empty = JsonNodeFactory.instance.objectNode();
    return Fields.of(node == null ? empty : node, WEIGHTS);
  }

  private static void refuseMesh(Fields fields) {
    String kind = fields.text("Kind");
    JsonNode connect = fields.get("Connect");
    JsonNode proxy = fields.get("Proxy");
    boolean mesh =
        !kind.isEmpty()
            || (connect != null && !connect.isEmpty())
            || (proxy != null && !proxy.isEmpty());
    if (mesh) {
      throw new Refusal(400, "Kind, Connect, Proxy: not served (expected: a plain service)");
    }
  }

  private static List<CheckDefinition> checks(Fields fields, String name, String id) {
    List<JsonNode> bodies = new ArrayList<>();
    JsonNode single = fields.get("Check");
    if (single != null && !single.isEmpty()) {
      bodies.add(single);
    }
    bodies.addAll(fields.list("Checks"));
    List<CheckDefinition> checks = new ArrayList<>();
    for (JsonNode body : bodies) {
      String number = bodies.size() > 1 ? ":" + (checks.size() + 1) : "";
      checks.add(
          new CheckBody(Fields.of(body, CheckBody.NAMES))
              .definition("service:" + id + number, "Service '" + name + "' check"));
    }
    return checks;
  }

  private void validate() {
    if (WILDCARD.matcher(address).matches()) {
      throw new Refusal(400, "Invalid service address");
    }
    if (passing <= 0) {
      throw new Refusal(400, "Invalid Weights: Passing must be greater than 0");
    }
    if (passing > 65_535 || warning < 0 || warning > 65_535) {
      throw new Refusal(400, "Invalid Weights: DNS Weight must be between 0 and 65535");
    }
    if (port < 0 || port > 65_535) {
      throw new Refusal(400, "Invalid service port: " + port + " (expected: 0..65535)");
    }
    if (meta.keySet().stream().filter(key -> !key.startsWith(OWN)).count() > MAX_META) {
      throw invalidMeta("Node metadata cannot contain more than " + MAX_META + " key/value pairs");
    }
    meta.forEach(ServiceBody::validatePair);
  }

  private static void validatePair(String key, String value) {
    String problem = null;
    if (key.isEmpty()) {
      problem = "Key cannot be blank";
    } else if (!KEY.matcher(key).matches() && !key.startsWith(OWN)) {
      problem = "Key contains invalid characters";
    } else if (key.length() > 128) {
      problem = "Key is too long (limit: 128 characters)";
    } else if (key.startsWith("consul-")) {
      problem = "Key prefix 'consul-' is reserved for internal use";
    } else if (value.length() > 512) {
      problem = "Value is too long (limit: 512 characters)";
    }
    if (problem != null) {
      throw invalidMeta(
          "Couldn't load metadata pair ('"
              + Texts.shown(key)
              + "', '"
              + Texts.shown(value)
              + "'): "
              + problem);
    }
  }

  private static Refusal invalidMeta(String why) {
    return new Refusal(400, "Invalid Service Meta: " + why);
  }
}
