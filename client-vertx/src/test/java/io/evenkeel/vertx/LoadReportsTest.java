package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.WebSocketClient;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server says of its load, seen by a plain web client. */
class LoadReportsTest {
  private static final String HEADER = "endpoint-load-metrics";

  private final Vertx vertx = Vertx.vertx();
  private final TestServers servers = new TestServers();
  private final WebClient client = WebClient.create(vertx);
  private final LoadReports reports = LoadReports.create(() -> 0.25);

  @AfterEach
  void close() {
    client.close();
    Await.value(vertx.close());
    servers.close();
  }

  private TestServer serving(Handler<HttpServerRequest> handler) {
    return servers.http(reports.around(handler));
  }

  private HttpResponse<Buffer> get(TestServer server, String path) {
    return Await.value(client.get(server.port(), "127.0.0.1", path).send());
  }

  @Test
  void every_answer_has_the_header() {
    TestServer server = serving(request -> request.response().end("hello"));
    HttpResponse<Buffer> answer = get(server, "/");
    assertEquals("hello", answer.bodyAsString());
    String load = answer.getHeader(HEADER);
    assertTrue(load.startsWith("TEXT application_utilization=0.25, rps_fractional="), load);
    assertTrue(load.contains("named_metrics.requests_in_flight=0.0"), load);
  }

  @Test
  void a_probe_is_answered_and_is_no_request() {
    TestServer server = serving(request -> request.response().setStatusCode(500).end());
    HttpResponse<Buffer> answer = get(server, LoadReports.PATH);
    assertEquals(204, answer.statusCode());
    assertTrue(answer.getHeader(HEADER).contains("rps_fractional=0.0"), answer.getHeader(HEADER));
  }

  @Test
  void the_path_of_probes_can_be_another() {
    TestServer server = servers.http(reports.at("/lb").around(request -> request.response().end()));
    assertEquals(200, get(server, LoadReports.PATH).statusCode());
    assertEquals(204, get(server, "/lb").statusCode());
  }

  @Test
  void a_request_is_in_flight_until_its_answer_has_ended() {
    Promise<HttpServerResponse> open = Promise.promise();
    Promise<Void> ended = Promise.promise();
    TestServer server =
        serving(request -> open.complete(request.response().endHandler(end -> ended.complete())));
    Future<HttpResponse<Buffer>> answer = client.get(server.port(), "127.0.0.1", "/").send();
    HttpServerResponse response = Await.value(open.future());
    assertEquals(1, reports.current().requestsInFlight());
    response.end();
    Await.value(ended.future());
    Await.value(answer);
    assertEquals(0, reports.current().requestsInFlight());
  }

  @Test
  void handlers_of_the_user_do_not_take_the_place_of_the_measurement() {
    List<String> moments = new CopyOnWriteArrayList<>();
    Promise<Void> ended = Promise.promise();
    TestServer server =
        serving(
            request ->
                request
                    .response()
                    .headersEndHandler(head -> moments.add("head"))
                    .endHandler(end -> ended.complete())
                    .setChunked(true)
                    .setStatusCode(500)
                    .end("failed"));
    assertTrue(get(server, "/").getHeader(HEADER).startsWith("TEXT"));
    Await.value(ended.future());
    assertEquals(List.of("head"), moments);
    assertEquals(0, reports.current().requestsInFlight());
    assertTrue(reports.current().errorsPerSecond() > 0);
  }

  @Test
  void a_lost_connection_ends_the_request() {
    Promise<Void> lost = Promise.promise();
    TestServer server =
        serving(request -> request.response().closeHandler(close -> lost.complete()));
    client.get(server.port(), "127.0.0.1", "/").timeout(100).send();
    Await.value(lost.future());
    assertEquals(0, reports.current().requestsInFlight());
    assertEquals(0, reports.current().requestsPerSecond());
  }

  @Test
  void a_web_socket_is_no_request_in_flight() {
    TestServer server = serving(HttpServerRequest::toWebSocket);
    WebSocketClient sockets = vertx.createWebSocketClient();
    Await.value(sockets.connect(server.port(), "127.0.0.1", "/"));
    assertEquals(0, reports.current().requestsInFlight());
    Await.value(sockets.close());
  }

  @Test
  void the_processors_are_the_utilization_unless_another_is_given() {
    double share = LoadReports.create().current().utilization();
    assertTrue(Double.isNaN(share) || (share >= 0 && share <= 1), "share: " + share);
    TestServer plain = servers.answering(200);
    assertNull(get(plain, "/").getHeader(HEADER));
  }
}
