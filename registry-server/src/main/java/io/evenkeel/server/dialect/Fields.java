package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body or of a query, read in the order in which a model declares them. What is
 * wrong is gathered, and {@link #check} refuses it all at once; until then a field that is wrong
 * reads as if it were empty.
 */
final class Fields {
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,254}");

  private static final ObjectNode NO_CONTEXT = Json.object();

  private final List<Object> where;
  private final ObjectNode values;
  private final @Nullable JsonNode inputOfMissing;
  private final ArrayNode problems;

  private Fields(
      List<Object> where, ObjectNode values, @Nullable JsonNode missing, ArrayNode problems) {
    this.where = where;
    this.values = values;
    this.inputOfMissing = missing;
    this.problems = problems;
  }

  /** The fields of a JSON object in the body. */
  static Fields ofBody(Request request) {
    JsonNode body = request.body().length() == 0 ? null : json(request);
    if (body == null || body.isNull()) {
      throw Invalid.of(
          Invalid.problem("missing", List.of("body"), "Field required", null, NO_CONTEXT));
    }
    if (body instanceof ObjectNode object) {
      return new Fields(List.of("body"), object, object, Json.array());
    }
    throw Invalid.of(
        Invalid.problem(
            "model_attributes_type",
            List.of("body"),
            "Input should be a valid dictionary or object to extract fields from",
            body,
            NO_CONTEXT));
  }

  private static @Nullable JsonNode json(Request request) {
    String type = request.header("Content-Type");
    if (type != null && !isJson(type)) {
      return TextNode.valueOf(request.body().toString(StandardCharsets.UTF_8));
    }
    try {
      return Json.read(request.body());
    } catch (Json.Malformed malformed) {
      DecodeError error = DecodeError.of(malformed, request.body());
      throw Invalid.of(
          Invalid.problem(
              "json_invalid",
              List.of("body", error.offset()),
              "JSON decode error",
              Json.object(),
              Json.object().put("error", error.text())));
    }
  }

  private static boolean isJson(String contentType) {
    String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return media.matches("application/([a-z0-9.+-]+\\+)?json");
  }

  /** The fields of the query. */
  static Fields ofQuery(Request request) {
    ObjectNode values = Json.object();
    request.query().forEach((name, given) -> values.put(name, given.get(given.size() - 1)));
    return new Fields(List.of("query"), values, null, Json.array());
  }

  /** The fields of an object within; its problems are refused with those around it. */
  Fields within(String name, ObjectNode object) {
    return new Fields(at(name), object, object, problems);
  }

  /** A text that must be there. */
  String text(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      problem("missing", name, "Field required", inputOfMissing, NO_CONTEXT);
      return "";
    }
    return asText(name, value);
  }

  /** A text that may be missing or null. */
  Optional<String> optionalText(String name) {
    JsonNode value = values.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(asText(name, value));
  }

  private String asText(String name, JsonNode value) {
    if (!value.isTextual()) {
      problem("string_type", name, "Input should be a valid string", value, NO_CONTEXT);
    }
    return value.isTextual() ? value.textValue() : "";
  }

  /** A text of a form. */
  String text(String name, Pattern form) {
    int before = problems.size();
    String text = text(name);
    return problems.size() > before ? text : formed(name, text, form);
  }

  String formed(String name, String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      String pattern = "^" + form.pattern() + "$";
      problem(
          "string_pattern_mismatch",
          name,
          "String should match pattern '" + pattern + "'",
          values.get(name),
          Json.object().put("pattern", pattern));
    }
    return text;
  }

  /** An object that must be there. */
  ObjectNode object(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      problem("missing", name, "Field required", inputOfMissing, NO_CONTEXT);
      return Json.object();
    }
    return asObject(name, value);
  }

  /** An object that may be missing or null. */
  Optional<ObjectNode> optionalObject(String name) {
    JsonNode value = values.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(asObject(name, value));
  }

  private ObjectNode asObject(String name, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    problem("dict_type", name, "Input should be a valid dictionary", value, NO_CONTEXT);
    return Json.object();
  }

  /** Whether a field is there, null or not. */
  boolean has(String name) {
    return values.has(name);
  }

  /** What a field holds, whatever it is; null where it is missing. */
  JsonNode raw(String name) {
    JsonNode value = values.get(name);
    return value == null ? NullNode.instance : value;
  }

  /** Something else that is wrong with a field. */
  void problem(
      String type, String name, String message, @Nullable JsonNode input, ObjectNode context) {
    problems.add(Invalid.problem(type, at(name), message, input, context));
  }

  private List<Object> at(String name) {
    List<Object> path = new ArrayList<>(where);
    path.add(name);
    return path;
  }

  /** Refuses what is wrong so far. */
  void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
