package io.evenkeel.http.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON as strict as Jackson reads it: trees only, 32 deep, no key twice, no NaN, nothing after the
 * value. A string may have 64 Ki characters: the longest that a registry sends is a check's output,
 * which Consul cuts at 4 Ki.
 */
public final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxStringLength(64 * 1024)
                          .maxNameLength(1024)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An empty object to fill. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty array to fill. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** An object of string pairs. */
  public static ObjectNode pairs(Map<String, String> pairs) {
    ObjectNode object = object();
    pairs.forEach(object::put);
    return object;
  }

  /** A text as JSON. */
  public static JsonNode string(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }

  /**
   * A field that must be a string.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isTextual()) {
      throw refused(field, value, "a string");
    }
    return value.textValue();
  }

  /** A field that may be a string; null when it is absent or something else. */
  public static @Nullable String optionalText(JsonNode row, String field) {
    return row.path(field).textValue();
  }

  /**
   * A field that must be a whole number that an int holds.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static int number(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused(field, value, "a whole number");
    }
    return value.intValue();
  }

  /** The string-valued fields of an object, in their order; none when it is no object. */
  public static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual()) {
                strings.put(field.getKey(), field.getValue().textValue());
              }
            });
    return strings;
  }

  /** A name that a service may have; empty when it is something else. */
  public static Optional<String> name(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InstanceKey(value.textValue(), "id").service());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a name that no call could be made with
    }
  }

  /**
   * The instance that the {@code evenkeel} pairs beside a row's fields describe; null when there
   * are none.
   *
   * @param service whose it must be, null for any
   */
  public static @Nullable ServiceInstance ownWord(JsonNode row, @Nullable String service) {
    JsonNode pairs = row.path("evenkeel");
    if (!pairs.isObject()) {
      return null;
    }
    ServiceInstance instance = FlatInstance.read(strings(pairs));
    if (service != null && !instance.service().equals(service)) {
      throw new IllegalArgumentException(
          "service: " + instance.service() + " (expected: " + service + ")");
    }
    return instance;
  }

  private static IllegalArgumentException refused(String field, JsonNode value, String expected) {
    return new IllegalArgumentException(
        field + ": " + ServerText.shown(value.toString()) + " (expected: " + expected + ")");
  }
}
