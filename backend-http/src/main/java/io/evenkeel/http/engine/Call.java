package io.evenkeel.http.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request, without what every request has. Immutable. Six components, since it is a request.
 *
 * @param path raw, from /, with its query; see {@link #segment}
 * @param hold how long the server may hold the answer back; the call's deadline is that much later
 * @param expected which answers besides 2xx are handed to the dialect instead of being an error
 */
public record Call(
    HttpMethod method,
    String path,
    Map<String, String> headers,
    @Nullable JsonNode body,
    Duration hold,
    Predicate<Answer> expected) {
  /** Copies the headers. */
  public Call {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A request without headers or body. */
  public static Call of(HttpMethod method, String path) {
    return new Call(method, path, Map.of(), null, Duration.ZERO, answer -> false);
  }

  /** A GET. */
  public static Call get(String path) {
    return of(HttpMethod.GET, path);
  }

  /** A POST. */
  public static Call post(String path) {
    return of(HttpMethod.POST, path);
  }

  /** A PUT. */
  public static Call put(String path) {
    return of(HttpMethod.PUT, path);
  }

  /** A DELETE. */
  public static Call delete(String path) {
    return of(HttpMethod.DELETE, path);
  }

  /** With one more header. */
  public Call withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, path, more, body, hold, expected);
  }

  /** With a JSON body. */
  public Call withBody(JsonNode json) {
    return new Call(method, path, headers, json, hold, expected);
  }

  /** With the time the server may hold the answer back. */
  public Call withHold(Duration longer) {
    return new Call(method, path, headers, body, longer, expected);
  }

  /** With answers that are no error, such as a 404 that means an empty list. */
  public Call expecting(Predicate<Answer> answers) {
    return new Call(method, path, headers, body, hold, expected.or(answers));
  }

  /** With a status that is no error. */
  public Call expecting(int status) {
    return expecting(answer -> answer.status() == status);
  }

  /** A GET changes nothing, so it may be sent again. */
  boolean isRead() {
    return method.equals(HttpMethod.GET);
  }

  /**
   * What waits for a change at one server is not sent to another, which may be at another point:
   * whoever asked decides how to begin there.
   */
  boolean isHeld() {
    return !hold.isZero();
  }

  /**
   * A text as one segment of a path or one value of a query: all but RFC 3986's unreserved
   * characters, {@code :} and {@code @} as percent escapes, and also dots that would stand alone.
   */
  public static String segment(String text) {
    boolean climbs = text.equals(".") || text.equals("..");
    StringBuilder segment = new StringBuilder(text.length() + 8);
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (unit & 0xff);
      if (isPlain(c) && !climbs) {
        segment.append(c);
      } else {
        segment.append(String.format("%%%02X", (int) c));
      }
    }
    return segment.toString();
  }

  private static boolean isPlain(char c) {
    boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
    return letterOrDigit || "-._~:@".indexOf(c) >= 0;
  }

  /** Method and path, for people. */
  @Override
  public String toString() {
    return method + " " + ServerText.shown(path);
  }
}
