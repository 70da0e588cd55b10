package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.AccessIT.Door;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would break a log line, or speak to a terminal that shows it, reaches neither. */
class ControlCharactersIT {
  /** A line break, an escape sequence, the same in one byte, DEL, a line separator, an override. */
  private static final String HOSTILE = "a\r\nb\u001b[2Jc\u009b2Jd\u007fe\u2028f\u202eg";

  private static final Pattern LOOSE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  private static final String ENCODED = "a%0D%0Ab%1B%5B2Jc%C2%9B2Jd%7Fe%E2%80%A8f%E2%80%AEg";
  private static final String IN_JSON = "a\\r\\nb\\u001b[2Jc\\u009b2Jd\\u007fe\\u2028f\\u202eg";

  private final RecordedLog log = RecordedLog.start();
  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
    log.close();
  }

  private static boolean isPlain(String text) {
    return !LOOSE.matcher(text).find();
  }

  private void assertNothingLeaked(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      assertTrue(isPlain(answer.body()), answer::body);
    }
    answer
        .headers()
        .map()
        .forEach((name, values) -> assertTrue(isPlain(name + values), values::toString));
    assertLogIsPlain();
  }

  private void assertLogIsPlain() {
    log.messages().forEach(message -> assertTrue(isPlain(message), message));
  }

  static Stream<Door> doors() {
    return AccessIT.doors();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void ids_names_and_parameters_of_every_route(Door door) {
    String path = door.path().replaceAll("/x(?=/|$)", "/" + ENCODED);
    String query = "?";
    for (String name :
        List.of("token", "service", "service_name", "instance_id", "note", "filter", "index")) {
      query += name + "=" + ENCODED + "&";
    }
    String method = door.route().method();
    assertNothingLeaked(server.ask(door.protocol(), method, path, ""));
    assertNothingLeaked(server.ask(door.protocol(), method, path + query, ""));
    assertNothingLeaked(server.ask(door.protocol(), method, path + "/" + query, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HEARTBEAT /register {'service_name':'@','base_url':'http://10.0.0.1'}",
        "HEARTBEAT /register {'service_name':'a','base_url':'http://@'}",
        "HEARTBEAT /register {'service_name':'a','base_url':'@'}",
        "HEARTBEAT /register {'@':'@'}",
        "HEARTBEAT /register @",
        "CONFIG_SERVICE /api/v1/registry/register {'service_name':'@','service_url':'http://a'}",
        "CONFIG_SERVICE /api/v1/registry/register {'service_name':'a','service_url':'@'}",
        "CONFIG_SERVICE /api/v1/registry/register {'service_name':'a','service_url':'http://a',"
            + "'service_metadata':{'instance_id':'@'}}",
        "CONFIG_SERVICE /api/v1/registry/register {'service_name':'a','service_url':'http://a',"
            + "'service_metadata':{'status':'@'}}",
        "CONFIG_SERVICE /api/v1/registry/register {'service_name':'a','service_url':'http://a',"
            + "'health_check_url':'http://@/'}",
        "ORCHESTRATOR /services/$register {'url':'http://@','info':{'display_name':'@'}}",
        "ORCHESTRATOR /services/$register {'id':'@','url':'http://a','info':{}}"
      })
  void what_is_registered(String line) {
    String[] words = line.split(" ", 3);
    String body = words[2].replace('\'', '"').replace("@", IN_JSON);
    assertNothingLeaked(server.post(Protocol.valueOf(words[0]), words[1], body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service/register {'Name':'@'}",
        "service/register {'Name':'a','ID':'@'}",
        "service/register {'Name':'a','Address':'@'}",
        "service/register {'Name':'a','Tags':['@']}",
        "service/register {'Name':'a','Meta':{'@':'@'}}",
        "service/register {'Name':'a','Meta':{'k':'@'}}",
        "service/register {'Name':'a','@':1}",
        "service/register {'Name':'a','Check':{'HTTP':'http://@/','Interval':'@'}}",
        "service/register {'Name':'a','Check':{'Name':'@','CheckID':'@','TTL':'9s','Status':'@'}}",
        "check/register {'Name':'@','ServiceID':'@','TTL':'10s'}",
        "check/update/x {'Status':'@','Output':'@'}"
      })
  void what_is_registered_with_consul(String line) {
    String[] words = line.split(" ", 2);
    String body = words[1].replace('\'', '"').replace("@", IN_JSON);
    assertNothingLeaked(server.ask(Protocol.CONSUL, "PUT", "/v1/agent/" + words[0], body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /services/@ HTTP/1.1\r\nHost: x\r\n",
        "GET /services/ HTTP/1.1\r\nHost: @\r\n",
        "GET /services/\u001b\u009b HTTP/1.1\r\nHost: x\r\n",
        "G\u001bT /services HTTP/1.1\r\nHost: x\r\n",
        "GET /services HTTP/1.1\r\nHost: x\r\nX-Consul-Token: \u001b[2J\u009b\r\n",
        "GET /services HTTP/1.1\r\nHost: x\r\nX-Evenkeel-Incarnation: 1\r\n \u001b[2J\u009b\r\n",
        "GET /services HTTP/1.1\r\nHost: x\r\nX-\u001b: 1\r\n",
        "GET /services HTTP/1.1\r\nHost: x\r\nContent-Length: \u001b\r\n",
        "GET /services HTTP/9\u001b.1\r\nHost: x\r\n"
      })
  void what_no_client_would_send(String head) throws IOException {
    for (Protocol protocol : Protocol.values()) {
      String answer = raw(protocol, head.replace("@", HOSTILE) + "Connection: close\r\n\r\n");
      String shown = answer.replace("\r\n", "").replace("\n", ""); // HTTP's own, and the metrics'
      assertTrue(isPlain(shown), answer);
    }
    assertLogIsPlain();
  }

  private String raw(Protocol protocol, String request) throws IOException {
    try (Socket socket = server.socket(protocol)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_token_that_nobody_has() {
    try (TestServer guarded = TestServer.start(o -> o.withTokens(Map.of("t", "alice")))) {
      for (Door door : doors().toList()) {
        String target = door.path() + "?token=" + ENCODED;
        HttpResponse<String> answer =
            guarded.ask(door.protocol(), door.route().method(), target, "");
        assertEquals(403, answer.statusCode());
        assertNothingLeaked(answer);
      }
    }
  }

  @Test
  void what_a_registry_that_fails_says() {
    ServiceRegistry failing =
        new SharedRegistry(InMemoryServiceRegistry.create()) {
          @Override
          public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
            return CompletableFuture.failedFuture(
                new IllegalStateException(HOSTILE, new IOException(HOSTILE)));
          }
        };
    try (TestServer broken = TestServer.over(failing, options -> options)) {
      String body = "{\"service_name\":\"a\",\"base_url\":\"http://10.0.0.1\"}";
      HttpResponse<String> answer = broken.post(Protocol.HEARTBEAT, "/register", body);
      assertEquals(500, answer.statusCode());
      assertNothingLeaked(answer);
      assertFalse(log.holding("a defect while answering").isEmpty());
    }
  }
}
