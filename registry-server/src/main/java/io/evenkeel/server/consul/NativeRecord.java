package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a registration by a client of Consul's said that an instance has no place for, so that it is
 * shown as it came. Instances of other dialects, and Evenkeel's own, have none.
 *
 * @param hasAddress whether it said an address of its own
 * @param hasPort whether it said a port
 * @param hasMeta whether it said any meta, be they none
 * @param warning its weight while a check warns
 */
record NativeRecord(
    boolean hasAddress, boolean hasPort, boolean hasMeta, int warning, boolean enableTagOverride) {
  private static final String MARK = "consul:";
  private static final String USUAL_DOCUMENT = MARK + "{}";
  private static final Optional<NativeRecord> USUAL =
      Optional.of(new NativeRecord(true, true, true, 1, false));

  static NativeRecord of(ServiceBody body) {
    return new NativeRecord(
        !body.address().isEmpty(),
        body.port() > 0,
        body.metaGiven(),
        body.warning(),
        body.enableTagOverride());
  }

  /** As the directory keeps it. */
  String document() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    putUnless(true, node, "address", hasAddress);
    putUnless(true, node, "port", hasPort);
    putUnless(true, node, "meta", hasMeta);
    putUnless(false, node, "override", enableTagOverride);
    if (warning != 1) {
      node.put("warning", warning);
    }
    return MARK + Json.write(node).toString(StandardCharsets.UTF_8);
  }

  private static void putUnless(boolean usual, ObjectNode node, String key, boolean value) {
    if (value != usual) {
      node.put(key, value);
    }
  }

  static Optional<NativeRecord> of(Entry row) {
    if (!row.document().startsWith(MARK)) {
      return Optional.empty();
    }
    if (row.document().equals(USUAL_DOCUMENT)) {
      return USUAL;
    }
    try {
      JsonNode node = Json.read(Buffer.buffer(row.document().substring(MARK.length())));
      return Optional.ofNullable(node).map(NativeRecord::read);
    } catch (Json.Malformed e) { // written past this server; what the instance says is enough
      return Optional.empty();
    }
  }

  private static NativeRecord read(JsonNode node) {
    return new NativeRecord(
        node.path("address").asBoolean(true),
        node.path("port").asBoolean(true),
        node.path("meta").asBoolean(true),
        node.path("warning").asInt(1),
        node.path("override").asBoolean(false));
  }
}
