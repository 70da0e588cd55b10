package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.server.RegistryServerOptions.Quota;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may take, and what becomes of one that takes more. */
class LimitsIT {
  private final TestServer server =
      TestServer.start(options -> options.withQuota(new Quota(2, 1, 10, 10, 3)));

  @AfterEach
  void stop() {
    server.close();
  }

  private int register(String body, String... headers) {
    return server.post(Protocol.HEARTBEAT, "/register", body, headers).statusCode();
  }

  private static String users(String host) {
    return "{\"service_name\":\"users\",\"base_url\":\"http://" + host + ":80\"}";
  }

  @Test
  void a_body_of_more_than_256_kB_is_refused() {
    assertEquals(413, register("{\"x\":\"" + "x".repeat(300_000) + "\"}"));
  }

  @Test
  void a_body_without_an_end_is_refused_and_cut_off() throws IOException {
    try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
      String head = "POST /register HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = ("ffff\r\n" + "x".repeat(0xffff) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 5; i++) {
        socket.getOutputStream().write(chunk);
      }
      String answer = readAll(socket);
      assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    }
  }

  private static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void a_length_that_lies_is_refused_before_a_byte_is_read() throws IOException {
    try (Socket socket = server.socket(Protocol.CONFIG_SERVICE)) {
      String head =
          "POST /api/v1/registry/register HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertTrue(readAll(socket).startsWith("HTTP/1.1 413 "));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /services HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"
      })
  void a_request_that_does_not_end_is_cut_off(String beginning) throws IOException {
    try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      readAll(socket); // returns when the server closes; the socket's own deadline is 30 s
    }
  }

  @Test
  void a_compressed_body_is_refused() {
    assertEquals(415, register("{}", "Content-Encoding", "gzip"));
  }

  @Test
  void a_header_of_more_than_8_kB_is_refused() {
    assertEquals(431, register("{}", "X-Long", "x".repeat(9_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"service_name\":\"a\",\"service_name\":\"b\"}",
        "{\"service_name\":NaN}",
        "{\"service_name\":1e400}",
        "{\"service_name\":\"\\ud800\"}",
        "{} {}",
        "nul"
      })
  void json_that_means_two_things_or_none_is_refused(String body) {
    assertEquals(422, register(body));
  }

  @Test
  void json_that_is_10000_levels_deep_is_refused() {
    assertEquals(422, register("{\"x\":" + "[".repeat(10_000)));
  }

  @ParameterizedTest
  @CsvSource({"169.254.169.254", "0.0.0.0", "[::]", "[fe80::1]", "[::ffff:a9fe:a9fe]", "224.0.0.1"})
  void an_address_of_no_one_or_of_the_link_is_refused(String host) {
    assertEquals(422, register(users(host)));
    String body = "{\"service_name\":\"a\",\"service_url\":\"http://" + host + "\"}";
    assertEquals(
        422, server.post(Protocol.CONFIG_SERVICE, "/api/v1/registry/register", body).statusCode());
    String orchestrated = "{\"url\":\"http://" + host + "\",\"info\":{}}";
    assertEquals(
        422, server.post(Protocol.ORCHESTRATOR, "/services/$register", orchestrated).statusCode());
  }

  @Test
  void a_full_registry_takes_no_more() {
    for (int i = 1; i <= 3; i++) {
      assertEquals(201, register(users("10.0.0." + i)));
    }
    HttpResponse<String> refused = server.post(Protocol.HEARTBEAT, "/register", users("10.0.0.4"));
    assertEquals(503, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
  }

  @ParameterizedTest
  @CsvSource({"HEAD,/services", "OPTIONS,/services", "PATCH,/register", "TRACE,/status"})
  void other_methods_are_told_which_there_are(String method, String path) {
    HttpResponse<String> answer = server.ask(Protocol.HEARTBEAT, method, path, "");
    assertEquals(405, answer.statusCode());
    assertTrue(answer.headers().firstValue("Allow").isPresent());
  }

  @Test
  void a_path_with_a_broken_escape_is_refused() throws IOException {
    for (String target : new String[] {"/services/%zz", "/services?x=%zz", "*", "services"}) {
      try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
        String head = "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        assertTrue(readAll(socket).startsWith("HTTP/1.1 40"), target);
      }
    }
  }

  @Test
  void an_owner_may_register_so_many_instances_of_so_many_services() {
    try (TestServer guarded =
        TestServer.start(
            options ->
                options.withTokens(Map.of("t", "alice")).withQuota(new Quota(2, 1, 9, 9, 9)))) {
      assertEquals(
          201, guarded.post(Protocol.HEARTBEAT, "/register?token=t", users("a")).statusCode());
      String other = users("b").replace("users", "orders");
      assertEquals(429, guarded.post(Protocol.HEARTBEAT, "/register?token=t", other).statusCode());
      assertEquals(
          201, guarded.post(Protocol.HEARTBEAT, "/register?token=t", users("b")).statusCode());
      assertEquals(
          429, guarded.post(Protocol.HEARTBEAT, "/register?token=t", users("c")).statusCode());
    }
  }
}
