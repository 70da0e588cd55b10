package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, read as Consul's agent reads one: whatever the case of its keys, snake_case too;
 * an unknown key and a value of another type are refused, null is as if it were not there.
 */
final class Fields {
  private final Map<String, JsonNode> values = new LinkedHashMap<>();

  private Fields(JsonNode object, Set<String> known) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              String key = plain(field.getKey());
              if (!known.contains(key)) {
                throw failed("json: unknown field \"" + Texts.shown(field.getKey()) + "\"");
              }
              if (!field.getValue().isNull()) {
                values.put(key, field.getValue());
              }
            });
  }

  /** The names as they are looked for. */
  static Set<String> names(String... names) {
    return Arrays.stream(names).map(Fields::plain).collect(Collectors.toUnmodifiableSet());
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Reads a body, whatever its content type. */
  static Fields read(Buffer body, Set<String> known) {
    try {
      JsonNode node = Json.read(body);
      if (node == null) {
        throw failed("EOF");
      }
      return of(node, known);
    } catch (Json.Malformed e) {
      throw failed(Texts.shown(String.valueOf(e.getMessage())));
    }
  }

  static Fields of(JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw mismatch(node, "object");
    }
    return new Fields(node, known);
  }

  /** Refuses a body that could not be understood. */
  static Refusal failed(String why) {
    return new Refusal(400, "Request decode failed: " + why);
  }

  private static Refusal mismatch(JsonNode node, String expected) {
    String found = node.getNodeType().name().toLowerCase(Locale.ROOT);
    return failed("json: cannot unmarshal " + found + " into Go value of type " + expected);
  }

  boolean has(String name) {
    return values.containsKey(plain(name));
  }

  @Nullable JsonNode get(String name) {
    return values.get(plain(name));
  }

  /** A string, empty if it is not there. */
  String text(String name) {
    JsonNode node = get(name);
    return node == null ? "" : string(node);
  }

  private static String string(JsonNode node) {
    if (!node.isTextual()) {
      throw mismatch(node, "string");
    }
    return node.textValue();
  }

  /** A whole number, or what it is if it is not there. */
  int number(String name, int otherwise) {
    JsonNode node = get(name);
    if (node == null) {
      return otherwise;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw mismatch(node, "int");
    }
    return node.intValue();
  }

  boolean flag(String name) {
    JsonNode node = get(name);
    if (node == null) {
      return false;
    }
    if (!node.isBoolean()) {
      throw mismatch(node, "bool");
    }
    return node.booleanValue();
  }

  /** A time, as text or as a number of nanoseconds; zero if it is not there. */
  Duration time(String name) {
    JsonNode node = get(name);
    if (node == null || (node.isTextual() && node.textValue().isEmpty())) {
      return Duration.ZERO;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return Duration.ofNanos(node.longValue());
    }
    String text = string(node);
    return GoDuration.read(text)
        .orElseThrow(() -> failed("time: invalid duration \"" + Texts.shown(text) + "\""));
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    list(name).forEach(node -> texts.add(string(node)));
    return texts;
  }

  List<JsonNode> list(String name) {
    JsonNode node = get(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw mismatch(node, "array");
    }
    List<JsonNode> list = new ArrayList<>();
    node.forEach(list::add);
    return list;
  }

  Map<String, String> pairs(String name) {
    JsonNode node = get(name);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw mismatch(node, "map[string]string");
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    node.fields().forEachRemaining(pair -> pairs.put(pair.getKey(), string(pair.getValue())));
    return pairs;
  }
}
