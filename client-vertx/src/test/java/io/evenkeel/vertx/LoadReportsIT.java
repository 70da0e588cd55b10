package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.BalancerBuilder;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real servers that say how loaded they are, and a client that listens. */
class LoadReportsIT {
  private static final int SLOW_MILLIS = 150;

  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  /** An instance that counts its requests, but not the probes, which do not get that far. */
  private TestServer reporting(Consumer<HttpServerResponse> answer) {
    LoadReports reports = LoadReports.create(() -> Double.NaN);
    TestServer counted = new TestServer();
    TestServer server =
        bench.servers.http(
            reports.around(counted.noting(request -> answer.accept(request.response()))));
    bench.add(server);
    return counted;
  }

  private TestServer slow() {
    return reporting(response -> bench.vertx.setTimer(SLOW_MILLIS, late -> response.end("slow")));
  }

  private static void prequal(BalancerBuilder balancer) {
    balancer.strategy(Strategies.named("prequal"));
  }

  /** One after the other, so that nothing but the reports tells the instances apart. */
  private static void send(BalancedWebClient client, int requests) {
    for (int i = 0; i < requests; i++) {
      assertEquals(200, Await.value(client.get("orders", "/").send()).statusCode());
    }
  }

  @Test
  void a_slow_instance_loses_its_traffic_when_all_are_probed() {
    TestServer slow = slow();
    reporting(HttpServerResponse::end);
    reporting(HttpServerResponse::end);
    BalancedWebClient client =
        bench.builder().balancer(LoadReportsIT::prequal).probing("/load").build();
    send(client, 200);
    assertTrue(slow.requests() < 20, "requests: " + slow.requests());
  }

  @Test
  void a_slow_instance_loses_traffic_by_what_comes_with_answers_alone() {
    TestServer slow = slow();
    reporting(HttpServerResponse::end);
    reporting(HttpServerResponse::end);
    BalancedWebClient client = bench.builder().balancer(LoadReportsIT::prequal).build();
    send(client, 200);
    assertTrue(slow.requests() < 40, "requests: " + slow.requests());
  }

  @Test
  void what_an_instance_says_reaches_the_strategy() {
    reporting(HttpServerResponse::end);
    send(bench.client(), 3);
    assertEquals(3, bench.outcomes.reports().size());
    assertEquals(0, bench.outcomes.reports().get(0).requestsInFlight());
  }

  @Test
  void nonsense_in_the_header_fails_no_request() {
    bench.add(
        bench.servers.http(
            (HttpServerRequest request) ->
                request.response().putHeader("endpoint-load-metrics", "TEXT eps=-1").end()));
    send(bench.client(), 3);
    assertEquals(0, bench.outcomes.reports().size());
  }

  @Test
  void an_instance_that_answers_no_probe_still_gets_requests() {
    bench.answering(200);
    BalancedWebClient client =
        bench.builder().balancer(LoadReportsIT::prequal).probing("/load").build();
    send(client, 20);
  }
}
