package io.evenkeel.server;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A request that is almost right: a route of a dialect, with its method, path, query, headers and
 * body each left as they are or spoilt. The same generator makes the same requests.
 */
record FuzzedRequest(
    Protocol protocol, String method, String target, Map<String, String> headers, Buffer body) {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW");
  private static final List<String> SEGMENTS =
      List.of(
          "a",
          "b",
          "orders",
          "orders~a",
          "%24register",
          "$ping",
          "..",
          "%2e%2e%2f",
          "a%2Fb",
          "%00",
          "%0d%0aX:%201",
          "%F0%9F%98%80",
          "%E2%80%AE",
          "%ff",
          "%",
          "%zz",
          "",
          " ".strip(),
          "service:a",
          "_service_maintenance:a",
          "-1",
          "x".repeat(300),
          "a;b=c",
          "a+b",
          "~");
  private static final List<String> QUERIES =
      List.of(
          "passing",
          "passing=1",
          "tag=a",
          "index=0",
          "index=-1",
          "index=1",
          "index=abc",
          "stale",
          "index=99999999999999999999",
          "near=_agent",
          "dc=dc1",
          "filter=Service.ID==a",
          "filter=((",
          "service_name=a",
          "instance_id=a",
          "service_name=",
          "token=x",
          "enable=true",
          "note=%0a",
          "replace-existing-checks",
          "reason=x",
          "%zz",
          "=",
          "&&",
          "a=b=c",
          "pretty",
          "service=orders");
  private static final List<String> HEADERS =
      List.of(
          "Evenkeel-Incarnation",
          "Evenkeel-Ttl",
          "Evenkeel-View",
          "Content-Type",
          "X-Service-Key",
          "Authorization",
          "X-Consul-Token",
          "Accept",
          "Host",
          "Expect",
          "Content-Encoding");
  private static final List<String> VALUES =
      List.of(
          "1",
          "0",
          "-1",
          "5000",
          "999999999999999999",
          "all",
          "application/json",
          "text/plain",
          "",
          "Bearer x",
          "*/*",
          "[::1",
          "100-continue",
          "gzip",
          "x".repeat(200),
          "a,b;c",
          "\"");
  private static final List<String> JSON =
      List.of(
          "null",
          "[]",
          "{}",
          "5",
          "-1",
          "1.5",
          "true",
          "\"\"",
          "\"a\"",
          "\"a/b\"",
          "NaN",
          "1e400",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"http://127.0.0.1:9\"",
          "\"ftp://x\"",
          "\"http://\"",
          "\"http://[::1]:9\"",
          "\"http://0.0.0.0\"",
          "\"http://h:99999\"",
          "\"10s\"",
          "\"-1s\"",
          "\"1e9h\"",
          "65536",
          "[[[[[[]]]]]]",
          "{\"a\":{\"b\":null}}",
          "\"healthy\"",
          "\"" + "y".repeat(600) + "\"");
  private static final List<String> FIELDS =
      List.of(
          "service_name",
          "base_url",
          "instance_id",
          "service_url",
          "health_check_url",
          "url",
          "info",
          "service_metadata",
          "id",
          "evenkeel",
          "Name",
          "ID",
          "Address",
          "Port",
          "Tags",
          "Meta",
          "Check",
          "Checks",
          "Weights",
          "TTL",
          "HTTP",
          "Interval",
          "Status",
          "CheckID",
          "ServiceID",
          "Output",
          "Timeout",
          "DeregisterCriticalServiceAfter",
          "service",
          "host",
          "port",
          "status");

  static FuzzedRequest next(Map<Protocol, List<Route>> routes, RandomGenerator random) {
    Protocol protocol = one(List.copyOf(routes.keySet()), random);
    Route route = one(routes.get(protocol), random);
    boolean usual = random.nextInt(10) > 0;
    return new FuzzedRequest(
        protocol,
        usual ? route.method() : one(METHODS, random),
        path(route, random) + query(random),
        headers(random),
        body(protocol, random));
  }

  /** A method and the segments of a template. */
  record Route(String method, List<String> template) {}

  private static <T> T one(List<T> list, RandomGenerator random) {
    return list.get(random.nextInt(list.size()));
  }

  private static String path(Route route, RandomGenerator random) {
    List<String> path = new ArrayList<>();
    for (String step : route.template()) {
      boolean spoilt = step.matches("[:*].+") || random.nextInt(40) == 0;
      path.add(spoilt ? one(SEGMENTS, random) : step);
    }
    if (random.nextInt(30) == 0) {
      path.add(one(SEGMENTS, random));
    }
    return "/" + String.join("/", path);
  }

  /** A blocking query never waits for long: the first value of a parameter counts. */
  private static String query(RandomGenerator random) {
    StringBuilder query = new StringBuilder("?wait=10ms");
    for (int i = random.nextInt(4); i > 0; i--) {
      query.append('&').append(one(QUERIES, random));
    }
    return query.toString();
  }

  private static Map<String, String> headers(RandomGenerator random) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (random.nextInt(4) > 0) {
      headers.put("Content-Type", "application/json");
    }
    for (int i = random.nextInt(8) - 5; i > 0; i--) {
      headers.put(one(HEADERS, random), one(VALUES, random));
    }
    headers.remove("Expect", "100-continue"); // the client would wait, and so would the test
    return headers;
  }

  private static Buffer body(Protocol protocol, RandomGenerator random) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return Buffer.buffer();
    }
    String json = kind == 1 ? one(JSON, random) : object(protocol, random, 2);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    for (int i = kind < 15 ? 0 : random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return kind == 2
        ? Buffer.buffer(json.substring(0, random.nextInt(json.length())))
        : Buffer.buffer(bytes);
  }

  private static String object(Protocol protocol, RandomGenerator random, int depth) {
    List<String> pairs = new ArrayList<>();
    if (depth == 2 && random.nextInt(3) > 0) {
      pairs.add(likely(protocol, random));
    }
    for (int i = random.nextInt(5) - 1; i > 0; i--) {
      boolean nested = depth > 0 && random.nextInt(4) == 0;
      String value = nested ? object(protocol, random, depth - 1) : one(JSON, random);
      pairs.add("\"" + one(FIELDS, random) + "\":" + value);
    }
    return "{" + String.join(",", pairs) + "}";
  }

  /** What a registration needs, in each dialect. */
  private static String likely(Protocol protocol, RandomGenerator random) {
    String name = one(List.of("a", "b", "orders"), random);
    return switch (protocol) {
      case HEARTBEAT -> "\"service_name\":\"" + name + "\",\"base_url\":\"http://127.0.0.1:9\"";
      case CONFIG_SERVICE ->
          "\"service_name\":\"" + name + "\",\"service_url\":\"http://127.0.0.1:9\"";
      case ORCHESTRATOR -> "\"id\":\"" + name + "\",\"url\":\"http://127.0.0.1:9\",\"info\":{}";
      default -> "\"Name\":\"" + name + "\",\"ID\":\"" + name + "\",\"Port\":9";
    };
  }

  @Override
  public String toString() {
    return protocol + " " + method + " " + target + " " + headers + " " + body;
  }
}
