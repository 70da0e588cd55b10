package io.evenkeel.server.web;

import java.util.Map;

/**
 * A request that is not served, with what the caller is told. Thrown or failed with by handlers;
 * the dialect's {@link ErrorStyle} gives it its form.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  /** A refusal without headers of its own. */
  public Refusal(int status, String message) {
    this(status, message, Map.of());
  }

  /** A refusal with headers, such as {@code Retry-After}. */
  public Refusal(int status, String message, Map<String, String> headers) {
    super(Printable.of(message), null, false, false); // expected, so without a stack trace
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Headers of the answer. */
  public Map<String, String> headers() {
    return headers;
  }
}
