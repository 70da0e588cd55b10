package io.evenkeel.server.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockingQueryIT {
  private static final String LIST = "/v1/health/service/web";
  private static final String WEB = "{\"Name\":\"web\",\"Address\":\"10.0.0.1\",\"Port\":80}";

  private final TimedConsul consul = new TimedConsul(new ConsulDialect.WatchLimits(3, 4));

  @AfterEach
  void close() {
    consul.close();
  }

  private static long index(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("X-Consul-Index").orElseThrow();
  }

  private CompletableFuture<HttpResponse<String>> blocking(String list, String wait) {
    int before = consul.waiting();
    String query = list + "?index=" + index(consul.get(list)) + "&wait=" + wait;
    CompletableFuture<HttpResponse<String>> answer = consul.begin("GET", query, "");
    awaitWaiting(before + 1);
    return answer;
  }

  private void awaitWaiting(int count) {
    long tries = 100_000;
    while (consul.waiting() != count) {
      assertTrue(tries-- > 0, () -> consul.waiting() + " wait, not " + count);
    }
  }

  private static <T> T result(CompletableFuture<T> answer) throws Exception {
    return answer.get(30, TimeUnit.SECONDS);
  }

  private void gather() {
    consul.elapse(Duration.ofMillis(50));
  }

  @Test
  void a_change_wakes_the_query_with_the_new_list_and_a_greater_index() throws Exception {
    long before = index(consul.get(LIST));
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "5m");
    consul.put("/v1/agent/service/register", WEB);
    gather();
    assertTrue(result(answer).body().contains("10.0.0.1"), result(answer)::body);
    assertTrue(index(result(answer)) > before);
  }

  @Test
  void another_services_change_does_not_wake_it() {
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "5m");
    consul.put("/v1/agent/service/register", WEB.replace("web", "api"));
    gather();
    assertFalse(answer.isDone());
    assertEquals(1, consul.waiting());
  }

  @Test
  void the_list_of_services_wakes_with_any_of_them() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = blocking("/v1/catalog/services", "5m");
    consul.put("/v1/agent/service/register", WEB);
    gather();
    assertEquals("{\"consul\":[],\"web\":[]}", result(answer).body());
  }

  @Test
  void when_the_wait_is_over_it_answers_with_the_same_index() throws Exception {
    long before = index(consul.get(LIST));
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "1m");
    consul.elapse(Duration.ofSeconds(59));
    assertFalse(answer.isDone());
    consul.elapse(Duration.ofSeconds(5)); // a sixteenth of it may be added
    assertEquals(before, index(result(answer)));
  }

  @Test
  void without_a_wait_it_is_five_minutes() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "0s");
    consul.elapse(Duration.ofSeconds(299));
    assertFalse(answer.isDone());
    consul.elapse(Duration.ofSeconds(20));
    assertEquals(200, result(answer).statusCode());
  }

  @Test
  void no_wait_is_longer_than_ten_minutes() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "1h");
    consul.elapse(Duration.ofMinutes(11));
    assertEquals(200, result(answer).statusCode());
  }

  @Test
  void an_index_that_is_behind_or_ahead_is_answered_at_once() {
    long now = index(consul.get(LIST));
    assertEquals(200, consul.get(LIST + "?index=" + (now - 1)).statusCode());
    assertEquals(now, index(consul.get(LIST + "?index=" + (now + 1_000))));
  }

  @Test
  void a_burst_of_changes_is_one_answer() throws Exception {
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "5m");
    for (int i = 1; i <= 5; i++) {
      consul.put(
          "/v1/agent/service/register", WEB.replace("\"Port\"", "\"ID\":\"w" + i + "\",\"Port\""));
    }
    gather();
    assertEquals(5, result(answer).body().split("\"Service\":\"web\"", -1).length - 1);
  }

  @Test
  void one_client_may_wait_so_often_and_is_then_told_to_come_back() {
    List<CompletableFuture<HttpResponse<String>>> waiting =
        List.of(blocking(LIST, "5m"), blocking(LIST, "5m"), blocking(LIST, "5m"));
    HttpResponse<String> answer = consul.get(LIST + "?index=" + index(consul.get(LIST)));
    assertEquals(429, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals(200, consul.get(LIST).statusCode());
    assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));
  }

  @Test
  void a_client_that_hangs_up_waits_no_more() {
    CompletableFuture<HttpResponse<String>> answer = blocking(LIST, "5m");
    answer.cancel(true);
    awaitWaiting(0);
  }

  @Test
  void the_agents_service_waits_by_its_hash() throws Exception {
    consul.put("/v1/agent/service/register", WEB);
    String hash =
        consul.get("/v1/agent/service/web").headers().firstValue("X-Consul-ContentHash").orElse("");
    CompletableFuture<HttpResponse<String>> answer =
        consul.begin("GET", "/v1/agent/service/web?wait=1m&hash=" + hash, "");
    awaitWaiting(1);
    consul.put("/v1/agent/service/register", WEB.replace("80", "81"));
    gather();
    assertTrue(result(answer).body().contains("81"), result(answer)::body);
  }
}
