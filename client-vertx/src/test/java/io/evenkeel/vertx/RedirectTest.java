package io.evenkeel.vertx;

import static io.evenkeel.strategy.Outcome.Kind.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.loadbalancer.call.Call;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A redirect is an instance's answer; what it leads to is outside of the balancing. */
class RedirectTest {
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  private void redirectingTo(TestServer target) {
    String location = "http://127.0.0.1:" + target.port() + "/moved";
    bench.add(
        bench.servers.http(
            request ->
                request.response().setStatusCode(302).putHeader("Location", location).end()));
  }

  @Test
  void it_is_followed_to_the_absolute_address() {
    TestServer outside = bench.servers.answering(200);
    redirectingTo(outside);

    assertEquals(200, Await.value(bench.client().get("orders", "/").send()).statusCode());

    assertEquals(1, outside.requests());
    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void it_is_the_result_when_it_is_not_to_be_followed() {
    redirectingTo(bench.servers.answering(200));

    int status =
        Await.value(
                bench
                    .client()
                    .get("orders", "/")
                    .send(request -> request.followRedirects(false).send()))
            .statusCode();

    assertEquals(302, status);
  }

  @Test
  void whether_it_is_followed_can_be_set_for_all_requests() {
    redirectingTo(bench.servers.answering(200));
    BalancedWebClient client =
        bench.builder().webClientOptions(new WebClientOptions().setFollowRedirects(false)).build();

    assertEquals(302, Await.value(client.get("orders", "/").send()).statusCode());
  }

  @Test
  void the_instance_is_not_blamed_for_what_it_leads_to() {
    redirectingTo(bench.servers.resetting());

    Await.failure(bench.client().get("orders", "/").send());

    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
  }

  @Test
  void a_target_that_never_answers_is_abandoned_in_time() {
    TestServer silent = bench.servers.silent();
    redirectingTo(silent);

    BalancedWebClient client =
        bench
            .builder()
            .callDefaults(Call.repeatable().withAttemptTimeout(Duration.ofMillis(200)))
            .build();

    Await.failure(client.get("orders", "/").send());

    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
    Await.value(silent.connectionClosed());
  }
}
