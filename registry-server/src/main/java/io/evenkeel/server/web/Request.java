package io.evenkeel.server.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that was routed, authorised and read.
 *
 * @param http the request itself, its body already read
 * @param path variables of the route by name, percent-decoded
 * @param query parameters, percent-decoded, each with its values in order
 * @param owner whose token it bears; empty where no tokens are asked for
 * @param body empty if there is none
 * @param gone completes when the client has hung up before the answer
 */
public record Request(
    HttpServerRequest http,
    Map<String, String> path,
    Map<String, List<String>> query,
    String owner,
    Buffer body,
    Future<Void> gone) {
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");
  private static final Pattern TOKEN = Pattern.compile("(?i)(^|[&;])token(=|$|[&;])");

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
    List<String> values = parameters(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** All values of a query parameter. */
  public List<String> parameters(String name) {
    return query.getOrDefault(name, List.of());
  }

  /** A header, whatever its case. */
  public @Nullable String header(String name) {
    return http.getHeader(name);
  }

  /** Scheme and authority as the client addressed them, such as {@code http://registry:9000}. */
  public String origin() {
    String host = http.getHeader("Host");
    String authority = host == null || !AUTHORITY.matcher(host).matches() ? local() : host;
    return (http.isSSL() ? "https" : "http") + "://" + authority;
  }

  private String local() {
    String host = http.localAddress().hostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + http.localAddress().port();
  }

  /** The whole URL as the client addressed it, without a query that holds a token. */
  public String url() {
    return Printable.of(origin() + http.path() + shown());
  }

  /** The query with its question mark; empty if there is none, or if it holds a token. */
  String shown() {
    String text = http.query();
    boolean secret =
        text == null || text.isEmpty() || text.contains("%") || TOKEN.matcher(text).find();
    return secret ? "" : "?" + text;
  }

  /** The client's address, without its port. */
  public String client() {
    return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
  }
}
