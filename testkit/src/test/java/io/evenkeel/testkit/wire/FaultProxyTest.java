package io.evenkeel.testkit.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Both ends of every connection are in the test's hands, so each fault is seen from both. A fault
 * of an hour shows that something is held back: only healing can explain that it then arrives.
 */
@Timeout(60)
final class FaultProxyTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int SILENCE_MILLIS = 100; // how long nothing must arrive

  private final ServerSocket upstream = listen();
  private final FaultProxy proxy = FaultProxy.inFrontOf("127.0.0.1", upstream.getLocalPort());
  private Socket client;
  private Socket server;

  private static ServerSocket listen() {
    try {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(30_000);
      return socket;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void connect() throws IOException {
    client = newClient();
    server = upstream.accept();
    server.setSoTimeout(30_000);
  }

  private Socket newClient() throws IOException {
    Socket socket = new Socket(proxy.host(), proxy.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    upstream.close();
    client.close();
    server.close();
  }

  private static void send(Socket from, String text) throws IOException {
    from.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String receive(Socket at, int bytes) throws IOException {
    return new String(at.getInputStream().readNBytes(bytes), US_ASCII);
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(30_000);
  }

  @Test
  void passes_bytes_and_ends_both_ways() throws IOException {
    send(client, "ping");
    assertEquals("ping", receive(server, 4));
    send(server, "pong!");
    assertEquals("pong!", receive(client, 5));
    client.shutdownOutput();
    assertEquals(-1, server.getInputStream().read());
    send(server, "late");
    server.shutdownOutput();
    assertEquals("late", receive(client, 100));
  }

  @Test
  void counts_connections_and_bytes_each_way() throws IOException {
    send(client, "ping");
    receive(server, 4);
    send(server, "pong!");
    receive(client, 5);
    assertEquals(new FaultProxy.Traffic(1, 1, 4, 5, 0), proxy.await(t -> t.bytesToClient() == 5));
    client.close();
    server.close();
    assertEquals(new FaultProxy.Traffic(1, 0, 4, 5, 0), proxy.await(t -> t.open() == 0));
  }

  @Test
  void passes_a_megabyte_unchanged() throws Exception {
    byte[] sent = new byte[1_000_000];
    Randomness.seeded(7).nextBytes(sent);
    Thread sender = new Thread(() -> assertDoesNotFail(() -> client.getOutputStream().write(sent)));
    sender.start();
    assertTrue(Arrays.equals(sent, server.getInputStream().readNBytes(sent.length)));
    sender.join();
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void assertDoesNotFail(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void latency_delays_an_answer_by_at_least_what_was_asked_for() throws IOException {
    proxy.apply(Fault.latency(Duration.ofMillis(40)));
    long begin = TimeSource.system().nanoTime();
    send(client, "ping");
    receive(server, 4);
    send(server, "pong");
    receive(client, 4);
    assertTrue(TimeSource.system().nanoTime() - begin >= Duration.ofMillis(80).toNanos());
  }

  @Test
  void latency_holds_bytes_back_until_healed() throws IOException {
    proxy.apply(Fault.latency(HOUR));
    send(client, "ping");
    assertSilent(server);
    proxy.heal();
    assertEquals("ping", receive(server, 4));
  }

  @Test
  void latency_in_one_direction_leaves_the_other_alone() throws IOException {
    proxy.apply(Fault.latency(HOUR).towardsClient());
    send(client, "ping");
    assertEquals("ping", receive(server, 4));
    send(server, "pong");
    assertSilent(client);
  }

  @Test
  void jitter_delays_but_keeps_the_order() throws IOException {
    proxy.apply(Fault.latency(Duration.ZERO, Duration.ofMillis(5), 42));
    client.setTcpNoDelay(true);
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      send(client, i + ",");
      sent.append(i).append(',');
    }
    assertEquals(sent.toString(), receive(server, sent.length()));
  }

  @Test
  void jitter_comes_on_top_of_the_latency() throws IOException {
    proxy.apply(Fault.latency(Duration.ZERO, HOUR, 42));
    send(client, "ping");
    assertSilent(server); // with this seed the first draw is far above 100 ms
  }

  @Test
  void a_black_hole_swallows_what_is_sent_and_heals_for_what_follows() throws IOException {
    proxy.apply(Fault.blackHole());
    send(client, "lost");
    proxy.await(t -> t.bytesSwallowed() == 4);
    proxy.heal();
    send(client, "kept");
    assertEquals("kept", receive(server, 4));
  }

  @Test
  void a_black_hole_accepts_connections_and_hides_that_one_side_has_ended() throws IOException {
    proxy.apply(Fault.blackHole());
    server.close();
    try (Socket late = newClient()) {
      assertSilent(client);
      assertSilent(late);
    }
    proxy.heal();
    assertEquals(-1, client.getInputStream().read());
  }

  @Test
  void refuses_new_connections_keeps_open_ones_and_reopens_on_the_same_port() throws IOException {
    int port = proxy.port();
    proxy.apply(Fault.refuse());
    assertThrows(ConnectException.class, this::newClient);
    send(client, "ping");
    assertEquals("ping", receive(server, 4));
    proxy.heal();
    assertEquals(port, proxy.port());
    newClient().close();
  }

  @Test
  void reset_hits_both_sides_of_open_connections() {
    proxy.apply(Fault.reset());
    assertReset(client);
    assertReset(server);
    assertEquals(0, proxy.traffic().open());
  }

  private static void assertReset(Socket socket) {
    Exception e = assertThrows(SocketException.class, () -> socket.getInputStream().readAllBytes());
    assertTrue(e.getMessage().contains("reset"), e.toString());
  }

  @Test
  void reset_hits_new_connections_after_they_were_accepted() throws IOException {
    proxy.applyToNew(Fault.reset());
    try (Socket late = newClient()) {
      assertReset(late);
    }
    send(client, "ping");
    assertEquals("ping", receive(server, 4));
  }

  @Test
  void a_reset_by_one_side_reaches_the_other() throws IOException {
    server.setSoLinger(true, 0);
    server.close();
    assertReset(client);
  }

  @Test
  void an_upstream_that_is_not_there_resets_the_client() throws IOException {
    upstream.close();
    try (Socket late = newClient()) {
      assertReset(late);
    }
  }

  @Test
  void half_open_ends_the_upstream_side_and_leaves_the_client_in_the_dark() throws IOException {
    proxy.apply(Fault.halfOpen());
    assertEquals(-1, server.getInputStream().read());
    assertSilent(client);
    send(client, "lost");
    proxy.await(t -> t.bytesSwallowed() == 4);
    proxy.heal();
    assertSilent(client);
  }

  @Test
  void a_half_open_connection_goes_when_its_client_goes() throws IOException {
    proxy.apply(Fault.halfOpen());
    assertEquals(1, proxy.traffic().open());
    client.close();
    proxy.await(t -> t.open() == 0);
  }

  @Test
  void faults_of_open_connections_spare_new_ones() throws IOException {
    proxy.applyToOpen(Fault.halfOpen());
    try (Socket late = newClient();
        Socket lateServer = upstream.accept()) {
      send(late, "ping");
      assertEquals("ping", receive(lateServer, 4));
    }
  }

  @Test
  void bandwidth_bounds_the_bytes_per_second() throws IOException {
    proxy.apply(Fault.bandwidth(10_000));
    long begin = TimeSource.system().nanoTime();
    send(client, "x".repeat(2_500)); // pieces of 500 bytes, 50 ms after each but the last
    receive(server, 2_500);
    assertTrue(TimeSource.system().nanoTime() - begin >= Duration.ofMillis(200).toNanos());
  }

  @Test
  void slices_arrive_one_at_a_time() throws IOException {
    proxy.apply(Fault.slices(3, HOUR));
    send(client, "abcdefgh");
    assertEquals("abc", new String(server.getInputStream().readNBytes(3), US_ASCII));
    assertSilent(server);
    proxy.heal();
    assertEquals("defgh", receive(server, 5));
  }

  @Test
  void slow_close_delays_the_end_but_not_the_bytes() throws IOException {
    proxy.apply(Fault.slowClose(HOUR));
    send(client, "ping");
    client.shutdownOutput();
    assertEquals("ping", receive(server, 4));
    assertSilent(server);
    proxy.heal();
    assertEquals(-1, server.getInputStream().read());
  }

  @Test
  void limit_data_cuts_after_exactly_so_many_bytes() throws IOException {
    proxy.apply(Fault.limitData(5).towardsClient());
    send(server, "12345678");
    assertEquals("12345", receive(client, 100));
    assertEquals(-1, server.getInputStream().read());
  }

  @Test
  void faults_add_up_and_the_same_kind_replaces_the_one_before() throws IOException {
    proxy.apply(Fault.limitData(2), Fault.latency(HOUR));
    send(client, "abcd");
    assertSilent(server);
    proxy.apply(Fault.latency(Duration.ZERO));
    assertEquals("ab", receive(server, 100));
  }

  @Test
  void faults_meet_connections_that_come_later() throws IOException {
    proxy.apply(Fault.limitData(2).towardsUpstream());
    try (Socket late = newClient();
        Socket lateServer = upstream.accept()) {
      send(late, "abcd");
      assertEquals("ab", receive(lateServer, 100));
    }
  }

  @Test
  void bad_faults_are_refused_with_name_value_and_expectation() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Fault.bandwidth(0));
    assertEquals("bytesPerSecond: 0 (expected: >= 1)", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Fault.latency(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> Fault.slices(0, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> Fault.limitData(-1));
  }

  @Test
  void more_connections_than_the_bound_are_reset() throws IOException {
    proxy.applyToNew(Fault.blackHole());
    Socket[] many = new Socket[1023];
    for (int i = 0; i < many.length; i++) {
      many[i] = newClient();
    }
    try (Socket excess = newClient()) {
      assertReset(excess);
      assertEquals(1024, proxy.await(t -> t.accepted() == 1025).open());
    } finally {
      for (Socket socket : many) {
        socket.close();
      }
    }
  }

  @Test
  void closing_ends_connections_port_and_thread() {
    String thread = "fault-proxy-" + proxy.port();
    assertTrue(isAlive(thread));
    proxy.close();
    assertFalse(isAlive(thread));
    assertThrows(ConnectException.class, this::newClient);
    assertThrows(IllegalStateException.class, proxy::heal);
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  @Test
  void closing_twice_is_closing_once() {
    proxy.close();
    proxy.close();
    assertInstanceOf(FaultProxy.Traffic.class, proxy.traffic());
  }
}
