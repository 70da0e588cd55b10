package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.server.RegistryServerOptions.Connections;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How slowly a client may send, and how many connections it may keep. */
class ConnectionsIT {
  private static final String GET = "GET /health HTTP/1.1\r\nHost: x\r\n";
  private static final String WHOLE = GET + "\r\n";

  private final TestServer server =
      TestServer.start(
          options ->
              options.withConnections(
                  new Connections(9, Duration.ofMillis(800), Duration.ofHours(1))));

  @AfterEach
  void stop() {
    server.close();
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Asks once and reads the whole answer. */
  private static void served(Socket socket) throws IOException {
    send(socket, WHOLE);
    byte[] body =
        "{\"status\":\"ok\",\"service\":\"registry\"}".getBytes(StandardCharsets.US_ASCII);
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf(new String(body, StandardCharsets.US_ASCII)) < 0) {
      int read = socket.getInputStream().read();
      assertTrue(read >= 0, answer::toString);
      answer.append((char) read);
    }
    assertTrue(answer.toString().startsWith("HTTP/1.1 200 "), answer::toString);
  }

  /** Sends a byte every few milliseconds until the server has closed; answers what it said. */
  private static String dribble(Socket socket) throws IOException {
    socket.setSoTimeout(10);
    StringBuilder answer = new StringBuilder();
    for (int sent = 0; sent < 3_000; sent++) { // the head may be 8 kB, so it is not its size
      try {
        socket.getOutputStream().write('x');
        int read = socket.getInputStream().read();
        if (read < 0) {
          return answer.toString();
        }
        answer.append((char) read);
      } catch (SocketException closed) {
        return answer.toString();
      } catch (SocketTimeoutException nothingYet) {
        // another byte, then
      }
    }
    throw new AssertionError("open after 3,000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GE", "GET /he", GET + "X-Slow: "})
  void a_first_request_that_dribbles_is_cut_off(String beginning) throws IOException {
    try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
      send(socket, beginning);
      assertEquals("", dribble(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GE", "GET /he", GET + "X-Slow: "})
  void a_later_request_that_dribbles_is_cut_off_too(String beginning) throws IOException {
    try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
      served(socket);
      send(socket, beginning);
      assertEquals("", dribble(socket));
    }
  }

  @Test
  void a_body_that_dribbles_is_answered_and_cut_off() throws IOException {
    try (Socket socket = server.socket(Protocol.HEARTBEAT)) {
      served(socket);
      send(socket, "POST /register HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n");
      String answer = dribble(socket);
      assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
    }
  }

  @Test
  void a_connection_that_is_idle_between_two_requests_lives_longer() throws IOException {
    try (Socket idle = server.socket(Protocol.HEARTBEAT)) {
      served(idle);
      spendMoreThanARequestMayTake();
      served(idle);
    }
  }

  private void spendMoreThanARequestMayTake() throws IOException {
    try (Socket slow = server.socket(Protocol.HEARTBEAT)) {
      dribble(slow);
    }
  }

  @Test
  void a_query_that_waits_lives_longer() throws IOException {
    String list = "/v1/health/service/web";
    String index =
        server.get(Protocol.CONSUL, list).headers().firstValue("X-Consul-Index").orElseThrow();
    try (Socket waiting = server.socket(Protocol.CONSUL)) {
      send(waiting, "GET " + list + "?wait=10m&index=" + index + " HTTP/1.1\r\nHost: x\r\n\r\n");
      spendMoreThanARequestMayTake();
      String web = "{\"service_name\":\"web\",\"base_url\":\"http://10.0.0.1:80\"}";
      assertEquals(201, server.post(Protocol.HEARTBEAT, "/register", web).statusCode());
      byte[] answer = waiting.getInputStream().readNBytes(900);
      assertTrue(new String(answer, StandardCharsets.UTF_8).contains("10.0.0.1"));
    }
  }

  @Test
  void one_connection_too_many_is_closed_until_another_has_gone() throws IOException {
    Connections three = new Connections(3, Duration.ofMinutes(1), Duration.ofHours(1));
    try (TestServer small = TestServer.start(options -> options.withConnections(three));
        Socket first = small.socket(Protocol.HEARTBEAT);
        Socket second = small.socket(Protocol.HEARTBEAT);
        Socket third = small.socket(Protocol.HEARTBEAT)) {
      served(first);
      served(second);
      served(third);
      assertFalse(admits(small));
      second.shutdownOutput();
      Eventually.holds(() -> admits(small));
      served(first);
    }
  }

  private static boolean admits(TestServer small) {
    try (Socket socket = small.socket(Protocol.HEARTBEAT)) {
      send(socket, WHOLE);
      return socket.getInputStream().read() == 'H';
    } catch (IOException closed) {
      return false;
    }
  }
}
