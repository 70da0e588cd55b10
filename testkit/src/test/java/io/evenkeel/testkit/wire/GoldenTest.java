package io.evenkeel.testkit.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that are there, and the replay of one against a server of a few lines. */
class GoldenTest {
  static {
    // As FakeCluster does: the first HttpServer of a JVM decides for all that come after it.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String CREATE =
      """
      # a conversation

      POST /things/$new?a=%2F
      X-Key: k

      {"a":1}
      => 201
      Location: {{origin}}/things/{{number:id}}

      {"id":{{id}}}
      """;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private String answer = "{\"id\":7}";
  private String location = "/things/7";
  private int status = 201;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void what_is_answered_as_written_passes() {
    replay(CREATE);
    assertEquals(List.of("POST /things/$new?a=%2F k {\"a\":1}"), received);
  }

  @Test
  void another_status_is_reported() {
    status = 200;
    assertReported(
        "test/create, exchange 1: POST /things/$new?a=%2F", "status: 200 (expected: 201)");
  }

  @Test
  void another_header_is_reported() {
    location = "/thongs/7";
    assertReported("Location at ", "ongs/7 (expected: ings/)");
  }

  @Test
  void a_missing_header_is_reported() {
    location = "";
    assertReported("Location: missing (expected: {{origin}}/things/{{number:id}})");
  }

  @Test
  void another_body_is_reported() {
    answer = "{\"id\":8}";
    assertReported("body at 6, after «{\"id\":»: 8} (expected: 7)", "got: {\"id\":8}");
  }

  @Test
  void a_value_that_was_kept_is_sent() {
    replay(CREATE + "###\nGET /things/{{id}}\n=> 201\n\n{\"id\":7}\n");
    assertEquals("GET /things/7 null ", received.get(1));
  }

  @Test
  void the_clock_is_told_before_the_exchange() {
    List<String> told = new ArrayList<>();
    Conversation timed = Conversation.parse("test", "t", "# t\n\n~ PT3S\n" + CREATE.substring(18));
    Golden.replay(timed, origin(), time -> told.add(time + " " + received));
    assertEquals(List.of(Duration.ofSeconds(3) + " []"), told);
    assertThrows(IllegalArgumentException.class, () -> Golden.replay(timed, origin()));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void every_file_is_in_the_list_of_its_folder(String folder) throws Exception {
    List<String> listed =
        Golden.conversations(folder).stream().map(c -> c.name() + ".http").sorted().toList();
    try (Stream<Path> files = Files.list(root().resolve(folder))) {
      List<String> there = files.map(file -> file.getFileName().toString()).toList();
      assertEquals(there.stream().filter(n -> n.endsWith(".http")).sorted().toList(), listed);
    }
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void every_conversation_makes_sense_without_a_server(Conversation conversation) {
    Map<String, String> values = new HashMap<>(Map.of("origin", "http://127.0.0.1:1"));
    for (Exchange exchange : conversation.exchanges()) {
      URI.create("http://127.0.0.1:1" + exchange.target(values));
      exchange.request().filled(values);
      Exchange.Message answer = exchange.answer().filled(values);
      assertTrue(answer.body().isEmpty() == (answer.headers().get("Content-Type") == null));
      assertTrue(exchange.about().contains(".md"), exchange.about());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config-service", "heartbeat", "orchestrator", "consul"})
  void our_own_server_needs_no_clock(String dialect) {
    List<Exchange> all =
        Golden.conversations(dialect).stream().flatMap(c -> c.exchanges().stream()).toList();
    assertTrue(all.size() >= 30, () -> dialect + ": " + all.size());
    assertTrue(all.stream().allMatch(exchange -> exchange.after().isZero()));
  }

  static Stream<Conversation> conversations() throws Exception {
    return folders().flatMap(folder -> Golden.conversations(folder).stream());
  }

  static Stream<String> folders() throws Exception {
    try (Stream<Path> all = Files.walk(root())) {
      return all
          .filter(path -> path.getFileName().toString().equals("conversations.txt"))
          .map(list -> root(list.getParent()))
          .toList()
          .stream();
    }
  }

  private static String root(Path folder) {
    try {
      return root().relativize(folder).toString().replace('\\', '/');
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Path root() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(Golden.class.getResource("/io/evenkeel/testkit/golden")).toURI());
  }

  private void assertReported(String... parts) {
    String message = assertThrows(AssertionError.class, () -> replay(CREATE)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  private void replay(String text) {
    Golden.replay(Conversation.parse("test", "create", text), origin());
  }

  private URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String key = exchange.getRequestHeaders().getFirst("X-Key");
    received.add(
        exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + key + " " + body);
    if (!location.isEmpty()) {
      exchange.getResponseHeaders().set("Location", origin() + location);
    }
    exchange.sendResponseHeaders(status, answer.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(answer.getBytes(UTF_8));
    }
  }
}
