package io.evenkeel.vertx;

import static io.evenkeel.strategy.Outcome.Kind.FAILURE;
import static io.evenkeel.strategy.Outcome.Kind.OVERLOAD;
import static io.evenkeel.strategy.Outcome.Kind.SUCCESS;
import static io.evenkeel.strategy.Outcome.Kind.TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.strategy.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a request whose wire fails. */
class WireFailureTest {
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void a_refused_connection_is_retried_elsewhere_even_for_a_post() {
    bench.refusing();
    bench.answering(200);

    assertEquals(200, Await.value(bench.client().post("orders", "/").send()).statusCode());

    Outcome refused = bench.outcomes.all().get(0);
    assertEquals(FAILURE, refused.kind());
    assertFalse(refused.sent());
  }

  @Test
  void a_service_whose_instances_all_refuse_fails_with_the_refusal() {
    bench.refusing();
    bench.refusing();

    assertInstanceOf(
        ConnectException.class, Await.failure(bench.client().get("orders", "/").send()));
  }

  @Test
  void a_reset_fails_a_post_since_it_may_have_done_something() {
    bench.add(bench.servers.resetting());
    List<TestServer> others = bench.answering(200);

    Await.failure(bench.client().post("orders", "/").send());

    assertEquals(0, others.get(0).requests());
    assertEquals(List.of(FAILURE), bench.outcomes.kinds());
  }

  @Test
  void a_reset_get_is_retried_elsewhere() {
    bench.add(bench.servers.resetting());
    bench.answering(200);

    assertEquals(200, Await.value(bench.client().get("orders", "/").send()).statusCode());
    assertEquals(List.of(FAILURE, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void half_a_body_is_a_failure_and_a_get_is_retried_elsewhere() {
    bench.add(bench.servers.halfAnswering());
    bench.answering(200);

    HttpResponse<Buffer> response = Await.value(bench.client().get("orders", "/").send());

    assertEquals("status 200", response.bodyAsString());
    assertEquals(List.of(FAILURE, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_failure_counts_even_when_the_attempt_makes_up_for_it() {
    bench.add(bench.servers.resetting());

    Await.value(
        bench
            .client()
            .get("orders", "/")
            .maxAttempts(1)
            .send(request -> request.send().otherwiseEmpty()));

    assertEquals(List.of(FAILURE), bench.outcomes.kinds());
  }

  @Test
  void a_refusal_counts_even_when_the_attempt_makes_up_for_it() {
    bench.refusing();

    Await.value(
        bench
            .client()
            .get("orders", "/")
            .maxAttempts(1)
            .send(request -> request.send().otherwiseEmpty()));

    assertEquals(List.of(FAILURE), bench.outcomes.kinds());
  }

  @Test
  void an_instance_that_does_not_answer_in_time_is_left_for_another() {
    bench.add(bench.servers.silent());
    bench.answering(200);

    int status =
        Await.value(bench.client().get("orders", "/").attemptTimeout(Duration.ofMillis(150)).send())
            .statusCode();

    assertEquals(200, status);
    assertEquals(List.of(TIMEOUT, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void the_connection_of_an_abandoned_request_is_closed() {
    TestServer silent = bench.add(bench.servers.silent());
    bench.answering(200);

    Await.value(bench.client().get("orders", "/").attemptTimeout(Duration.ofMillis(150)).send());

    Await.value(silent.connectionClosed());
  }

  @Test
  void an_abandoned_request_gives_its_place_in_the_pool_back() {
    bench.add(bench.servers.http(new FirstIsSilent()));
    BalancedWebClient client =
        bench.builder().poolOptions(new PoolOptions().setHttp1MaxSize(1)).build();
    ServiceRequest once = client.get("orders", "/").maxAttempts(1);

    Await.failure(once.attemptTimeout(Duration.ofMillis(150)).send());

    assertEquals(200, Await.value(once.send()).statusCode());
  }

  @Test
  void a_user_timeout_on_the_request_counts_as_one() {
    bench.add(bench.servers.silent());
    bench.answering(200);

    Await.value(bench.client().get("orders", "/").send(request -> request.timeout(150).send()));

    assertEquals(List.of(TIMEOUT, SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_full_queue_is_an_overload_by_a_request_that_was_never_sent() {
    TestServer silent = bench.add(bench.servers.silent());
    BalancedWebClient client =
        bench
            .builder()
            .poolOptions(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(0))
            .build();
    Future<HttpResponse<Buffer>> holding = client.post("orders", "/").maxAttempts(1).send();
    Await.value(silent.reached());

    Throwable failure = Await.failure(client.post("orders", "/").maxAttempts(1).send());

    assertInstanceOf(ConnectionPoolTooBusyException.class, failure);
    Outcome outcome = bench.outcomes.all().get(0);
    assertEquals(OVERLOAD, outcome.kind());
    assertFalse(outcome.sent());
    assertFalse(holding.isComplete());
  }

  @Test
  void even_a_post_goes_elsewhere_when_the_queue_is_full() {
    TestServer silent = bench.add(bench.servers.silent());
    bench.answering(200);
    BalancedWebClient client =
        bench
            .builder()
            .poolOptions(new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(0))
            .build();
    Future<HttpResponse<Buffer>> holding = client.post("orders", "/").send();
    Await.value(silent.reached());

    assertEquals(200, Await.value(client.post("orders", "/").send()).statusCode());
    assertEquals(200, Await.value(client.post("orders", "/").send()).statusCode());

    assertEquals(List.of(OVERLOAD), bench.outcomes.kindsOf(silent));
    assertFalse(holding.isComplete());
  }

  @Test
  void even_a_post_goes_elsewhere_when_it_waited_for_a_connection_too_long() {
    TestServer silent = bench.add(bench.servers.silent());
    bench.answering(200);
    BalancedWebClient client =
        bench.builder().poolOptions(new PoolOptions().setHttp1MaxSize(1)).build();
    Future<HttpResponse<Buffer>> holding = client.post("orders", "/").send();
    Await.value(silent.reached());
    ServiceRequest brief = client.post("orders", "/").attemptTimeout(Duration.ofMillis(150));

    assertEquals(200, Await.value(brief.send()).statusCode());
    assertEquals(200, Await.value(brief.send()).statusCode());

    assertEquals(List.of(OVERLOAD), bench.outcomes.kindsOf(silent));
    assertEquals(1, silent.requests());
    assertFalse(holding.isComplete());
  }

  @Test
  void a_request_that_waits_for_a_connection_too_long_was_never_sent() {
    TestServer silent = bench.add(bench.servers.silent());
    BalancedWebClient client =
        bench.builder().poolOptions(new PoolOptions().setHttp1MaxSize(1)).build();
    Future<HttpResponse<Buffer>> holding = client.post("orders", "/").maxAttempts(1).send();
    Await.value(silent.reached());

    Throwable failure =
        Await.failure(
            client
                .post("orders", "/")
                .maxAttempts(1)
                .attemptTimeout(Duration.ofMillis(150))
                .send());

    assertInstanceOf(CallException.TimedOut.class, failure);
    Outcome outcome = bench.outcomes.all().get(0);
    assertEquals(OVERLOAD, outcome.kind());
    assertFalse(outcome.sent());
    assertEquals(1, silent.requests());
    assertFalse(holding.isComplete());
  }

  @Test
  void an_instance_that_takes_no_connection_in_time_is_unreachable_and_a_post_goes_elsewhere()
      throws IOException {
    try (FullBacklog full = FullBacklog.open()) {
      assumeTrue(full.isFull(), "this machine accepts connections beyond the backlog");
      bench.at("127.0.0.1:" + full.port());
      bench.answering(200);
      BalancedWebClient client =
          bench.builder().httpClientOptions(new HttpClientOptions().setConnectTimeout(150)).build();

      assertEquals(200, Await.value(client.post("orders", "/").send()).statusCode());
    }

    Outcome outcome = bench.outcomes.all().get(0);
    assertEquals(FAILURE, outcome.kind());
    assertFalse(outcome.sent());
  }

  @Test
  void a_name_that_is_unknown_was_never_sent() {
    bench.at("no-such-host.invalid:80");
    bench.answering(200);

    assertEquals(200, Await.value(bench.client().post("orders", "/").send()).statusCode());

    assertFalse(bench.outcomes.all().get(0).sent());
  }
}
