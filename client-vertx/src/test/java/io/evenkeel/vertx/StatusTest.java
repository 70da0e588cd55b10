package io.evenkeel.vertx;

import static io.evenkeel.strategy.Outcome.Kind.FAILURE;
import static io.evenkeel.strategy.Outcome.Kind.OVERLOAD;
import static io.evenkeel.strategy.Outcome.Kind.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.evenkeel.strategy.Outcome;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpResponseExpectation;
import io.vertx.core.json.DecodeException;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a status says of an instance, and when it makes a request go elsewhere. */
class StatusTest {
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  private HttpResponse<Buffer> get() {
    return Await.value(bench.client().get("orders", "/").send());
  }

  @Test
  void a_503_is_retried_once_where_another_instance_answers() {
    bench.answering(503, 200);

    assertEquals(200, get().statusCode());

    assertEquals(List.of(OVERLOAD, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void the_last_503_is_the_result_when_no_attempt_is_left() {
    List<TestServer> servers = bench.answering(503, 503, 503, 503);

    HttpResponse<Buffer> response = get();

    assertEquals(503, response.statusCode());
    assertEquals("status 503", response.bodyAsString());
    assertEquals(List.of(1, 1, 1, 0), servers.stream().map(TestServer::requests).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void a_server_error_counts_against_the_instance_and_is_retried(int status) {
    bench.answering(status, 200);

    assertEquals(200, get().statusCode());

    assertEquals(List.of(FAILURE, SUCCESS), bench.outcomes.kinds());
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 400, 404, 501, 505})
  void an_answer_the_instance_meant_to_give_is_neither_blamed_nor_retried(int status) {
    bench.answering(status, 200);

    assertEquals(status, get().statusCode());

    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_503_to_a_post_is_the_result_since_the_request_may_have_done_something() {
    bench.answering(503, 200);

    assertEquals(503, Await.value(bench.client().post("orders", "/").send()).statusCode());
  }

  @Test
  void a_post_that_is_declared_idempotent_is_retried() {
    bench.answering(503, 200);

    assertEquals(
        200, Await.value(bench.client().post("orders", "/").idempotent(true).send()).statusCode());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void a_retry_after_reaches_the_outcome(int status) {
    bench.add(bench.servers.http(request -> askForRest(request.response(), status)));

    Await.value(bench.client().get("orders", "/").maxAttempts(1).send());

    assertEquals(List.of(Outcome.overload(Duration.ofSeconds(7))), bench.outcomes.all());
  }

  private static void askForRest(io.vertx.core.http.HttpServerResponse response, int status) {
    response.setStatusCode(status).putHeader("Retry-After", "7").end();
  }

  @Test
  void an_expectation_on_the_result_does_not_blame_an_instance_for_a_404() {
    bench.answering(404, 200);

    Throwable failure =
        Await.failure(
            bench.client().get("orders", "/").send().expecting(HttpResponseExpectation.SC_OK));

    assertInstanceOf(VertxException.class, failure);
    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void an_expectation_inside_the_attempt_does_not_blame_an_instance_for_a_404() {
    bench.answering(404, 200);

    Throwable failure =
        Await.failure(
            bench
                .client()
                .get("orders", "/")
                .send(request -> request.send().expecting(HttpResponseExpectation.SC_OK)));

    assertInstanceOf(VertxException.class, failure);
    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void an_expectation_inside_the_attempt_does_not_hide_a_503() {
    bench.answering(503, 200);

    HttpResponse<Buffer> response =
        Await.value(
            bench
                .client()
                .get("orders", "/")
                .send(request -> request.send().expecting(HttpResponseExpectation.SC_OK)));

    assertEquals(200, response.statusCode());
    assertEquals(List.of(OVERLOAD, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_body_that_cannot_be_decoded_is_the_callers_error() {
    bench.answering(200, 200);

    Throwable failure =
        Await.failure(
            bench
                .client()
                .get("orders", "/")
                .send(request -> request.as(BodyCodec.jsonObject()).send()));

    assertInstanceOf(DecodeException.class, failure);
    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_503_whose_body_cannot_be_decoded_is_retried_all_the_same() {
    bench.answering(503);
    bench.add(bench.servers.http(request -> request.response().end("{}")));

    Await.value(
        bench
            .client()
            .get("orders", "/")
            .send(request -> request.as(BodyCodec.jsonObject()).send()));

    assertEquals(List.of(OVERLOAD, SUCCESS), bench.outcomes.kinds());
  }
}
