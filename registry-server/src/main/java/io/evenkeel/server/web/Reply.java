package io.evenkeel.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Immutable; the body must not be changed once it is handed in, so that many answers may
 * share it.
 *
 * @param contentType empty for an answer without a body
 */
public record Reply(int status, String contentType, Map<String, String> headers, Buffer body) {
  private static final Buffer NOTHING = Buffer.buffer();

  /** Copies the headers. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** A JSON document. */
  public static Reply json(int status, JsonNode document) {
    return json(status, Json.write(document));
  }

  /** A JSON document that is written already. */
  public static Reply json(int status, Buffer document) {
    return new Reply(status, "application/json", Map.of(), document);
  }

  /** A line for people, as Consul answers errors. */
  public static Reply text(int status, String text) {
    Buffer body = Buffer.buffer(text.getBytes(StandardCharsets.UTF_8));
    return new Reply(status, "text/plain; charset=utf-8", Map.of(), body);
  }

  /** No body. */
  public static Reply empty(int status) {
    return new Reply(status, "", Map.of(), NOTHING);
  }

  /** This answer with one header more. */
  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, body);
  }

  /** This answer as another media type. */
  public Reply as(String otherContentType) {
    return new Reply(status, otherContentType, headers, body);
  }
}
