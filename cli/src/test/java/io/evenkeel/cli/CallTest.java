package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code call}, over real connections to two instances. */
class CallTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger served = new AtomicInteger();
  private final Shell shell =
      new Shell()
          .with(
              "EVENKEEL_REGISTRY", "static:orders=127.0.0.1:" + serve() + ",127.0.0.1:" + serve());

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private int serve() {
    HttpServer server = vertx.createHttpServer().requestHandler(this::answer);
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(Shell.SECONDS, TimeUnit.SECONDS)
        .join()
        .actualPort();
  }

  private void answer(HttpServerRequest request) {
    int number = served.incrementAndGet();
    switch (request.path()) {
      case "/missing" -> request.response().setStatusCode(404).end();
      case "/broken" -> request.response().setStatusCode(500).end();
      case "/first-broken" -> request.response().setStatusCode(number == 1 ? 500 : 200).end();
      case "/silent" -> {} // accepted, never answered
      default -> request.response().end("ok");
    }
  }

  private JsonNode call(int expected, String line) throws Exception {
    int code = shell.run(("call orders " + line + " --json").split(" "));
    assertEquals(expected, code, () -> shell.out() + shell.err());
    return new ObjectMapper().readTree(shell.out());
  }

  @Test
  void shares_and_latencies_are_told() throws Exception {
    JsonNode told = call(0, "/ --count 40 --strategy round-robin");
    assertEquals(40, told.get("requests").asInt());
    assertEquals(0, told.get("failed").asInt());
    assertEquals(0.5, told.get("instances").get(0).get("share").asDouble());
    assertEquals(0.5, told.get("instances").get(1).get("share").asDouble());
    assertTrue(told.get("p50Millis").asDouble() > 0);
    assertTrue(told.get("p99Millis").asDouble() >= told.get("p50Millis").asDouble());
    assertEquals(40, served.get());
  }

  @Test
  void people_get_a_table_and_a_line() {
    assertEquals(0, shell.run("call", "orders", "/", "--count=10", "--strategy=round-robin"));
    assertEquals(4, shell.outLines().size(), shell::out);
    assertTrue(shell.out().contains("50.0 %"), shell::out);
    assertTrue(shell.out().contains("requests 10, failed 0, retries 0; "), shell::out);
  }

  @Test
  void the_environment_says_who_is_picked_where_no_option_does() {
    shell.with("EVENKEEL_STRATEGY", "power-of-d-choices?choices=3");
    assertEquals(0, shell.run("call", "orders", "/", "--count=10"));
    assertTrue(shell.out().contains("power-of-d-choices?choices=3: requests 10"), shell::out);
  }

  @Test
  void a_failed_request_makes_it_1_and_is_told_by_its_reason() throws Exception {
    JsonNode told = call(1, "/missing --count 3");
    assertEquals(3, told.get("failed").asInt());
    assertEquals(3, told.get("failures").get("status 404").asInt());
  }

  @Test
  void retries_are_counted_and_save_a_request() throws Exception {
    JsonNode told = call(0, "/first-broken --count 1");
    assertEquals(1, told.get("retries").asInt());
    assertEquals(0, told.get("failed").asInt());
  }

  @Test
  void without_retries_there_is_one_attempt() throws Exception {
    JsonNode told = call(1, "/broken --count 1 --retries 0");
    assertEquals(0, told.get("retries").asInt());
    assertEquals(1, served.get());
  }

  @Test
  void an_open_loop_sends_what_is_due_in_its_time() throws Exception {
    assertEquals(20, call(0, "/ --rate 100 --count 20").get("requests").asInt());
  }

  @Test
  void a_duration_ends_it() throws Exception {
    assertTrue(call(0, "/ --duration 300ms").get("requests").asInt() > 0);
  }

  @Test
  void a_silent_instance_costs_no_more_than_the_timeout() throws Exception {
    JsonNode told = call(1, "/silent --count 1 --timeout 200ms --retries 0");
    assertEquals(1, told.get("failed").asInt());
  }

  @Test
  void told_to_end_it_tells_what_it_has_seen() {
    CompletableFuture<Integer> call =
        shell.start("call", "orders", "/", "--duration", "1h", "--concurrency", "1");
    shell.awaitErr(" requests, 0 failed"); // the progress line
    shell.signal();
    assertEquals(0, Shell.ended(call));
    assertTrue(shell.out().contains("failed 0"), shell::out);
  }

  @Test
  void nobody_to_call_is_a_failure() {
    assertEquals(1, shell.run("call", "nobody", "/"));
    assertEquals(1, shell.errLines().size(), shell::err);
    assertTrue(shell.err().contains("nobody: no instance takes traffic"), shell::err);
  }

  @Test
  void nothing_is_called_when_the_registry_is_away() {
    assertEquals(1, shell.run("call", "orders", "/", "--registry", "flaky:instances?away=1"));
    assertEquals(0, served.get());
  }
}
