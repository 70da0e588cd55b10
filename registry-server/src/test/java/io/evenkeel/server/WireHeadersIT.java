package io.evenkeel.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.WireHeaders;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our own client says in headers, where the dialects have no words for it. */
class WireHeadersIT {
  private static final String PAIRS =
      "{\"service\":\"a\",\"id\":\"1\",\"host\":\"h\",\"port\":\"80\"}";

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> register(Protocol protocol, String incarnation) {
    String metadata = "{\"instance_id\":\"1\",\"evenkeel\":" + PAIRS + "}";
    return switch (protocol) {
      case CONFIG_SERVICE ->
          post(
              protocol,
              "/api/v1/registry/register",
              "{\"service_name\":\"a\",\"service_url\":\"http://h:80\",\"service_metadata\":"
                  + metadata
                  + "}",
              incarnation);
      case HEARTBEAT ->
          post(
              protocol,
              "/register",
              "{\"service_name\":\"a\",\"base_url\":\"http://h:80\",\"instance_id\":\"a~1\",\"evenkeel\":"
                  + PAIRS
                  + "}",
              incarnation);
      default ->
          post(
              protocol,
              "/services/$register",
              "{\"id\":\"a~1\",\"url\":\"http://h:80\",\"info\":{\"evenkeel\":" + PAIRS + "}}",
              incarnation);
    };
  }

  private HttpResponse<String> post(
      Protocol protocol, String target, String body, String incarnation) {
    return server.post(
        protocol, target, body, WireHeaders.INCARNATION, incarnation, WireHeaders.TTL, "5000");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIG_SERVICE", "HEARTBEAT", "ORCHESTRATOR"})
  void a_grant_is_answered_with_what_was_granted(Protocol protocol) {
    HttpResponse<String> answer = register(protocol, "7");
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals("7", header(answer, WireHeaders.INCARNATION));
    assertEquals("5000", header(answer, WireHeaders.TTL));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIG_SERVICE", "HEARTBEAT", "ORCHESTRATOR"})
  void an_older_incarnation_is_told_who_holds_the_id(Protocol protocol) {
    register(protocol, "7");
    HttpResponse<String> answer = register(protocol, "6");
    assertEquals(409, answer.statusCode());
    assertEquals("7", header(answer, WireHeaders.INCARNATION));
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIG_SERVICE,POST,/api/v1/registry/deregister?service_name=a&instance_id=1,200,200",
    "HEARTBEAT,DELETE,/deregister/a~1,200,404",
    "ORCHESTRATOR,DELETE,/services/a~1,200,404"
  })
  void a_deregistration_tells_whether_it_was_there(
      Protocol protocol, String method, String target, int first, int second) {
    register(protocol, "7");
    HttpResponse<String> answer = server.ask(protocol, method, target, "");
    assertEquals(first, answer.statusCode());
    assertEquals("true", header(answer, WireHeaders.EXISTED));
    HttpResponse<String> again = server.ask(protocol, method, target, "");
    assertEquals(second, again.statusCode());
    assertEquals("false", header(again, WireHeaders.EXISTED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "x", "", "99999999999999999999"})
  void an_incarnation_that_is_no_number_is_refused(String incarnation) {
    assertEquals(400, register(Protocol.HEARTBEAT, incarnation).statusCode());
  }

  @Test
  void metadata_under_a_name_of_the_server_is_refused() {
    String forged = PAIRS.replace("}", ",\"meta.wire.owner\":\"someone\"}");
    String body = "{\"id\":\"a~1\",\"url\":\"http://h:80\",\"info\":{\"evenkeel\":" + forged + "}}";
    HttpResponse<String> answer = server.post(Protocol.ORCHESTRATOR, "/services/$register", body);
    assertEquals(422, answer.statusCode());
    assertTrue(answer.body().contains("metadata key: wire.owner (expected: "), answer.body());
  }

  @Test
  void an_id_that_is_not_the_instances_own_is_refused() {
    String body =
        "{\"service_name\":\"a\",\"base_url\":\"http://h:80\",\"instance_id\":\"b~1\",\"evenkeel\":"
            + PAIRS
            + "}";
    assertEquals(422, server.post(Protocol.HEARTBEAT, "/register", body).statusCode());
  }

  @Test
  void an_orchestrators_urls_begin_as_the_client_has_addressed_it() throws Exception {
    String body = "{\"url\":\"http://s:1\",\"info\":{}}";
    String head =
        "POST /services/%24register HTTP/1.1\r\nHost: orchestrator:9000\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length();
    try (Socket socket = server.socket(Protocol.ORCHESTRATOR)) {
      socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertTrue(answer.contains("Location: http://orchestrator:9000/services/"), answer);
      assertTrue(answer.contains("\"ping_url\":\"http://orchestrator:9000/services/"), answer);
    }
  }
}
