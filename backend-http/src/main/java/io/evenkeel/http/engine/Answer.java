package io.evenkeel.http.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WireHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What came back, in full and within bounds.
 *
 * @param what registry and request, for messages
 * @param text makes the server's words fit for messages
 */
public record Answer(String what, int status, MultiMap headers, Buffer body, ServerText text) {

  /** A header, whatever the case of its name. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** A header that is a whole number of 0 or more; anything else is as if it were not there. */
  public OptionalLong number(String name) {
    String text = headers.get(name);
    if (text == null || !text.strip().matches("\\d{1,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(text.strip()));
  }

  /** What our own server says about a deregistration; null when a foreign one answered. */
  public @Nullable Boolean existed() {
    String text = headers.get(WireHeaders.EXISTED);
    return text == null ? null : Boolean.valueOf(text.strip());
  }

  /**
   * The body as JSON.
   *
   * @throws RegistryException.Protocol when its type or its text is something else
   */
  public JsonNode json() {
    String type = String.valueOf(headers.get("Content-Type"));
    String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/json")
        && !(media.startsWith("application/") && media.endsWith("+json"))) {
      throw protocol("a body of type " + type, "application/json");
    }
    try {
      JsonNode tree = Json.MAPPER.readTree(body.getBytes());
      if (tree == null || tree.isMissingNode()) {
        throw protocol("no body", "JSON");
      }
      return tree;
    } catch (JsonProcessingException e) { // not as the cause: its message repeats the body
      String place = e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
      throw protocol(e.getClass().getSimpleName() + place, "one JSON value, at most 32 deep");
    } catch (java.io.IOException e) {
      throw protocol(e.getClass().getSimpleName(), "JSON");
    }
  }

  /** An error that says which request it was, what was read and what was expected. */
  public RegistryException.Protocol protocol(String read, String expected) {
    return new RegistryException.Protocol(
        what + ": " + status + " with " + text.of(read) + " (expected: " + expected + ")", null);
  }

  /** Request and status, for people. */
  @Override
  public String toString() {
    return what + ": " + status;
  }
}
