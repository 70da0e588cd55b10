package io.evenkeel.server.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was routed, authorised and read.
 *
 * @param http the request itself, its body already read
 * @param path variables of the route by name, percent-decoded
 * @param query parameters, percent-decoded
 * @param owner whose token it bears; empty where no tokens are asked for
 * @param body empty if there is none
 * @param gone completes when the client has hung up before the answer
 */
public record Request(
    HttpServerRequest http,
    Map<String, String> path,
    MultiMap query,
    String owner,
    Buffer body,
    Future<Void> gone) {

  /** A variable of the route; there must be one. */
  public String variable(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("route variable: " + name + " (expected: one it has)");
    }
    return value;
  }

  /** A query parameter, the first if there are several. */
  public @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** All values of a query parameter. */
  public List<String> parameters(String name) {
    return query.getAll(name);
  }

  /** A header, whatever its case. */
  public @Nullable String header(String name) {
    return http.getHeader(name);
  }

  /** Scheme and authority as the client addressed them, such as {@code http://registry:9000}. */
  public String origin() {
    String scheme = http.isSSL() ? "https" : "http";
    return scheme + "://" + http.authority();
  }

  /** The whole URL as the client addressed it. */
  public String url() {
    return origin() + http.uri();
  }

  /** The client's address, without its port. */
  public String client() {
    return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
  }
}
