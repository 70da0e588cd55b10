package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.server.web.Routes;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may ask for what, where tokens are asked for. */
class AccessIT {
  private static final String CANARY = "canary-5f1c";
  private static final String BODY =
      "{\"service_name\":\"users\",\"base_url\":\"http://10.0.0.1:80\"}";

  private final TestServer server =
      TestServer.start(
          options -> options.withTokens(Map.of(CANARY, "alice", "other-token", "bob")));

  @AfterEach
  void stop() {
    server.close();
  }

  record Door(Protocol protocol, Routes.Route route) {
    String path() {
      return route.template().stream()
          .map(step -> step.matches("[:*].+") ? "x" : step)
          .collect(Collectors.joining("/", "/", ""));
    }

    @Override
    public String toString() {
      return protocol + " " + route.method() + " " + path();
    }
  }

  static Stream<Door> doors() {
    return RouteList.all().entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(route -> new Door(of.getKey(), route)))
        .filter(door -> !door.route().open());
  }

  @ParameterizedTest
  @MethodSource("doors")
  void no_route_is_served_without_a_token(Door door) {
    HttpResponse<String> answer =
        server.ask(door.protocol(), door.route().method(), door.path(), "");
    assertEquals(401, answer.statusCode());
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
  }

  @ParameterizedTest
  @MethodSource("doors")
  void no_route_is_served_with_a_wrong_token(Door door) {
    HttpResponse<String> answer =
        server.ask(
            door.protocol(), door.route().method(), door.path(), "", "X-Consul-Token", "wrong");
    assertEquals(403, answer.statusCode());
  }

  @Test
  void liveness_is_told_to_everyone() {
    assertEquals(200, server.get(Protocol.HEARTBEAT, "/health").statusCode());
    assertEquals(200, server.get(Protocol.CONFIG_SERVICE, "/live").statusCode());
    assertEquals(200, server.get(Protocol.ORCHESTRATOR, "/health").statusCode());
    assertEquals(200, server.get(Protocol.ADMIN, "/health").statusCode());
  }

  @Test
  void a_token_may_come_in_each_of_four_places() {
    assertAll(
        () -> assertEquals(200, services("?token=" + CANARY)),
        () -> assertEquals(200, services("", "X-Consul-Token", CANARY)),
        () -> assertEquals(200, services("", "X-Service-Key", CANARY)),
        () -> assertEquals(200, services("", "Authorization", "Bearer " + CANARY)));
  }

  private int services(String query, String... headers) {
    return server.get(Protocol.HEARTBEAT, "/services" + query, headers).statusCode();
  }

  @Test
  void an_instance_belongs_to_the_owner_who_registered_it() {
    String id = register(CANARY);
    String path = "/deregister/" + id;
    assertEquals(403, as("other-token", "POST", "/heartbeat/" + id));
    assertEquals(403, as("other-token", "DELETE", path));
    assertEquals(200, as(CANARY, "DELETE", path));
  }

  private int as(String token, String method, String path) {
    return server
        .ask(Protocol.HEARTBEAT, method, path, "", "Authorization", "Bearer " + token)
        .statusCode();
  }

  private String register(String token) {
    HttpResponse<String> answer =
        server.post(Protocol.HEARTBEAT, "/register", BODY, "Authorization", "Bearer " + token);
    assertEquals(201, answer.statusCode());
    return answer.body().replaceAll(".*\"instance_id\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void a_token_is_repeated_nowhere() {
    try (RecordedLog log = RecordedLog.start()) {
      register(CANARY);
      StringBuilder seen = new StringBuilder();
      doors().forEach(door -> seen.append(everything(door, "token=" + CANARY)));
      seen.append(everything(doors().findFirst().orElseThrow(), "%74oken=" + CANARY));
      seen.append(server.get(Protocol.ADMIN, "/metrics", "X-Service-Key", CANARY).body());
      seen.append(options());
      assertFalse(seen.toString().contains(CANARY), () -> "in an answer: " + seen);
      assertFalse(log.text().contains(CANARY), () -> "in the log: " + log.holding(CANARY));
    }
  }

  private static String options() {
    return RegistryServerOptions.defaults().withTokens(Map.of(CANARY, "alice")).toString();
  }

  private String everything(Door door, String query) {
    String target = door.path() + "?x=%0d%0aInjected:1&wait=1s&" + query;
    HttpResponse<String> answer = server.ask(door.protocol(), door.route().method(), target, "");
    HttpResponse<String> slash =
        server.ask(door.protocol(), door.route().method(), door.path() + "/?" + query, "");
    return answer.body() + answer.headers() + slash.body() + slash.headers();
  }
}
