package io.evenkeel.testkit.wire;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a fake instance answers. Immutable.
 *
 * @param status 200..599; 0 closes the connection without an answer, see {@link #dropped()}
 * @param body as UTF-8 text
 * @param headers besides those that every answer has
 */
public record Reply(int status, String body, Map<String, String> headers) {
  private static final Reply DROPPED = new Reply(0, "", Map.of());

  /** Checks the status and copies the headers. */
  public Reply {
    if (status != 0 && (status < 200 || status > 599)) {
      throw new IllegalArgumentException(
          "status: " + status + " (expected: 200..599; 0 drops the connection)");
    }
    headers = Map.copyOf(headers);
  }

  /** An answer without headers of its own. */
  public static Reply of(int status, String body) {
    return new Reply(status, body, Map.of());
  }

  /** No answer: the connection ends instead. */
  public static Reply dropped() {
    return DROPPED;
  }

  /** This answer with a header more, or with another value for it. */
  public Reply withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Reply(status, body, more);
  }

  /** This answer with {@code Retry-After}, in whole seconds, rounded up. */
  public Reply withRetryAfter(Duration delay) {
    long seconds = delay.plusSeconds(1).minusNanos(1).toSeconds();
    return withHeader("Retry-After", Long.toString(seconds));
  }

  boolean isDropped() {
    return status == 0;
  }
}
