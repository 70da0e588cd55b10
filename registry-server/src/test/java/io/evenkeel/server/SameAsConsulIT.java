package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.testkit.wire.RealConsul;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same requests to a real Consul and to ours: the same status, content type, headers and fields
 * in the same order. Values that are each server's own, such as indexes, are not compared; what is
 * otherwise on purpose stands in {@code other_on_purpose}.
 */
class SameAsConsulIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OWN_VALUES =
      Set.of(
          "ID",
          "Node",
          "Address",
          "CreateIndex",
          "ModifyIndex",
          "lan",
          "lan_ipv4",
          "wan",
          "wan_ipv4",
          "NodeID",
          "NodeName",
          "Output",
          "ContentHash");
  private static final String CHECKED =
      "{\"Name\":\"web\",\"ID\":\"web-1\",\"Address\":\"10.0.0.1\",\"Port\":80,\"Tags\":[\"v1\"],"
          + "\"Meta\":{\"env\":\"prod\"},\"Check\":{\"TTL\":\"1h\",\"Status\":\"passing\"}}";
  private static final String PLAIN = "{\"Name\":\"api\",\"Address\":\"2001:db8::1\",\"Port\":81}";

  @TempDir static Path data;
  private static RealConsul consul;
  private static TestServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() {
    String found = RealConsul.version().orElse("none");
    assumeTrue(found.equals("1.8.7"), "consul on the PATH: " + found + " (needed: 1.8.7)");
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    consul = RealConsul.start(data);
    server = TestServer.start();
    for (URI origin : origins()) {
      ask(origin, "PUT", "/v1/agent/service/register", CHECKED);
      ask(origin, "PUT", "/v1/agent/service/register", PLAIN);
    }
    awaitCatalog();
  }

  /** The real one tells its catalog a little later. */
  private static void awaitCatalog() {
    int tries = 2_000;
    while (!ask(consul.origin(), "GET", "/v1/health/checks/web", "").body().contains("web-1")
        || !ask(consul.origin(), "GET", "/v1/catalog/services", "").body().contains("api")) {
      if (tries-- == 0) {
        throw new AssertionError("the services do not reach Consul's catalog");
      }
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    if (consul != null) {
      consul.close();
    }
  }

  private static List<URI> origins() {
    return List.of(consul.origin(), server.origin(Protocol.CONSUL));
  }

  private static HttpResponse<String> ask(URI origin, String method, String target, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + target))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "GET /v1/health/service/web",
        "GET /v1/health/service/api",
        "GET /v1/health/service/nosuch",
        "GET /v1/health/service/web?passing",
        "GET /v1/health/service/web?tag=v1&tag=v2",
        "GET /v1/health/service/web?filter=Service.Meta.env==prod",
        "GET /v1/health/service/web?filter=%22v2%22+in+Service.Tags",
        "GET /v1/health/service/web?filter=Checks.Status==passing",
        "GET /v1/health/service/web?node-meta=rack:7",
        "GET /v1/health/service/web?stale",
        "GET /v1/health/service/web?near=_agent",
        "GET /v1/health/checks/web",
        "GET /v1/health/state/any",
        "GET /v1/health/state/warning",
        "GET /v1/health/state/bogus",
        "GET /v1/health/node/nosuch",
        "GET /v1/health/node/",
        "GET /v1/health/state/",
        "GET /v1/catalog/services",
        "GET /v1/catalog/service/web",
        "GET /v1/catalog/service/api",
        "GET /v1/catalog/nodes",
        "GET /v1/catalog/datacenters",
        "GET /v1/agent/services",
        "GET /v1/agent/services?filter=Service==web",
        "GET /v1/agent/checks",
        "GET /v1/agent/service/nosuch",
        "GET /v1/agent/health/service/id/web-1?format=text",
        "GET /v1/agent/health/service/name/web?format=text",
        "GET /v1/agent/health/service/name/nosuch",
        "GET /v1/agent/health/service/name/nosuch?format=text",
        "GET /v1/agent/health/service/id/nosuch",
        "GET /v1/status/leader",
        "GET /v1/status/peers",
        "OPTIONS /v1/health/service/web",
        "POST /v1/catalog/services",
        "PUT /v1/agent/check/update/service:web-1"
      })
  void it_is_answered_alike(String method, String target) {
    HttpResponse<String> real = ask(consul.origin(), method, target, "");
    HttpResponse<String> ours = ask(server.origin(Protocol.CONSUL), method, target, "");
    assertEquals(shape(real), shape(ours));
  }

  /** Status, headers and body; of the body what is not each server's own. */
  private static List<String> shape(HttpResponse<String> answer) {
    List<String> shape = new ArrayList<>(List.of("status " + answer.statusCode()));
    Set<String> headers = new TreeSet<>();
    answer.headers().map().forEach((name, values) -> headers.add(header(name, values.get(0))));
    headers.removeIf(String::isEmpty);
    shape.addAll(headers);
    shape.add(body(answer));
    return shape;
  }

  private static String header(String name, String value) {
    return switch (name.toLowerCase(java.util.Locale.ROOT)) {
      case "content-type",
          "allow",
          "x-consul-knownleader",
          "x-consul-effective-consistency",
          "x-consul-reason" ->
          name.toLowerCase(java.util.Locale.ROOT) + ": " + value;
      case "x-consul-index", "x-consul-lastcontact" -> name.toLowerCase(java.util.Locale.ROOT);
      default -> "";
    };
  }

  private static String body(HttpResponse<String> answer) {
    try {
      JsonNode json = JSON.readTree(answer.body());
      return json.isTextual() && answer.uri().getPath().contains("status") ? "text" : own(json);
    } catch (JsonProcessingException notJson) {
      return answer.body();
    }
  }

  private static String own(JsonNode json) {
    if (json.isArray() && json.size() == 1 && json.get(0).isTextual()) {
      return json.get(0).textValue().matches("[0-9.:]+") ? "[address]" : json.toString();
    }
    forget(json);
    return json.toString();
  }

  private static void forget(JsonNode json) {
    if (json instanceof ObjectNode object) {
      for (String name : OWN_VALUES) {
        if (object.path(name).isValueNode()) {
          object.put(name, "");
        }
      }
    }
    json.forEach(SameAsConsulIT::forget);
  }

  @Test
  void other_on_purpose() {
    URI ours = server.origin(Protocol.CONSUL);
    assertEquals(404, ask(ours, "PUT", "/v1/agent/service/deregister/x", "").statusCode());
    assertEquals(
        200, ask(consul.origin(), "PUT", "/v1/agent/service/deregister/x", "").statusCode());
    assertEquals(400, ask(ours, "GET", "/v1/health/service/web?filter=Foo==1", "").statusCode());
    String far = "{\"Name\":\"far\",\"Port\":70000}";
    assertEquals(400, ask(ours, "PUT", "/v1/agent/service/register", far).statusCode());
  }
}
