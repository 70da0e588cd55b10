package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the user puts on a request reaches the instance, and its answer the user. */
class PassThroughTest {
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  /** An instance that answers with what it was asked. */
  private BalancedWebClient echo() {
    bench.add(bench.servers.http(PassThroughTest::echo));
    return bench.client();
  }

  private static void echo(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("X-Answer", "yes")
                    .end(
                        new JsonObject()
                            .put("method", request.method().name())
                            .put("uri", request.uri())
                            .put("type", request.getHeader("Content-Type"))
                            .put("header", request.getHeader("X-Asked"))
                            .put("host", request.getHeader("Host"))
                            .put("body", body.toString())
                            .encode()));
  }

  @Test
  void requests_reach_the_instances_by_round_robin() {
    List<TestServer> servers = bench.answering(200, 200, 200);
    BalancedWebClient client =
        bench.builder(balancer -> balancer.strategy(RoundRobin.create())).build();
    Await.value(client.balancer("orders").ready());

    for (int i = 0; i < 9; i++) {
      assertEquals(200, Await.value(client.get("orders", "/").send()).statusCode());
    }

    assertEquals(List.of(3, 3, 3), servers.stream().map(TestServer::requests).toList());
  }

  @Test
  void each_method_is_sent_as_it_is_named() {
    BalancedWebClient client = echo();

    assertEquals("GET", methodOf(client.get("orders", "/")));
    assertEquals("POST", methodOf(client.post("orders", "/")));
    assertEquals("PUT", methodOf(client.put("orders", "/")));
    assertEquals("DELETE", methodOf(client.delete("orders", "/")));
    assertEquals("PATCH", methodOf(client.patch("orders", "/")));
    assertEquals("PURGE", methodOf(client.request(HttpMethod.valueOf("PURGE"), "orders", "/")));
  }

  private static String methodOf(ServiceRequest request) {
    return Await.value(request.send()).bodyAsJsonObject().getString("method");
  }

  @Test
  void a_head_request_is_answered_without_a_body() {
    HttpResponse<Buffer> response = Await.value(echo().head("orders", "/").send());

    assertEquals("yes", response.getHeader("X-Answer"));
    assertEquals(null, response.body());
  }

  @Test
  void a_body_of_bytes_passes_through() {
    HttpResponse<Buffer> response =
        Await.value(
            echo().post("orders", "/").send(request -> request.sendBuffer(Buffer.buffer("milk"))));

    assertEquals("milk", response.bodyAsJsonObject().getString("body"));
  }

  @Test
  void a_json_body_passes_through_with_its_type() {
    JsonObject seen =
        Await.value(
                echo()
                    .post("orders", "/")
                    .send(request -> request.sendJsonObject(new JsonObject().put("n", 1))))
            .bodyAsJsonObject();

    assertEquals("{\"n\":1}", seen.getString("body"));
    assertEquals("application/json", seen.getString("type"));
  }

  @Test
  void a_form_passes_through() {
    MultiMap form = MultiMap.caseInsensitiveMultiMap().add("a", "1").add("b", "x y");

    JsonObject seen =
        Await.value(echo().post("orders", "/").send(request -> request.sendForm(form)))
            .bodyAsJsonObject();

    assertEquals("a=1&b=x+y", seen.getString("body"));
  }

  @Test
  void headers_pass_through_in_both_directions() {
    HttpResponse<Buffer> response =
        Await.value(
            echo().get("orders", "/").send(request -> request.putHeader("X-Asked", "what").send()));

    assertEquals("what", response.bodyAsJsonObject().getString("header"));
    assertEquals("yes", response.getHeader("X-Answer"));
  }

  @Test
  void a_query_may_be_in_the_path_and_on_the_request() {
    JsonObject seen =
        Await.value(
                echo()
                    .get("orders", "/list?page=2")
                    .send(request -> request.addQueryParam("size", "10").send()))
            .bodyAsJsonObject();

    assertEquals("/list?page=2&size=10", seen.getString("uri"));
  }

  @Test
  void a_codec_turns_the_body_into_what_it_makes() {
    HttpResponse<JsonObject> response =
        Await.value(
            echo().get("orders", "/").send(request -> request.as(BodyCodec.jsonObject()).send()));

    assertEquals("GET", response.body().getString("method"));
  }

  @Test
  void a_request_can_be_kept_and_sent_again() {
    ServiceRequest request = echo().get("orders", "/again");

    assertEquals(200, Await.value(request.send()).statusCode());
    assertEquals(200, Await.value(request.send()).statusCode());
  }

  @Test
  void the_host_header_names_the_instance() {
    TestServer server = bench.answering(200).get(0);

    Await.value(bench.client().get("orders", "/").send());

    assertEquals(List.of("127.0.0.1:" + server.port()), server.hostHeaders);
  }

  @Test
  void a_virtual_host_replaces_the_host_header_only() {
    TestServer server = bench.answering(200).get(0);

    Await.value(
        bench
            .client()
            .get("orders", "/")
            .send(request -> request.virtualHost("shop.example").send()));

    assertTrue(server.hostHeaders.get(0).startsWith("shop.example"), server.hostHeaders.get(0));
  }

  @Test
  void an_ipv6_literal_is_reached_and_named_in_brackets() {
    assumeTrue(hasIpv6Loopback(), "this machine has no ::1");
    TestServer server =
        bench.servers.http(
            new HttpServerOptions().setHost("::1"), request -> request.response().end());
    bench.at("[::1]:" + server.port());

    assertEquals(200, Await.value(bench.client().get("orders", "/").send()).statusCode());

    assertEquals(List.of("[::1]:" + server.port()), server.hostHeaders);
  }

  private static boolean hasIpv6Loopback() {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
