package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.http.consul.Await;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Consul that does not behave comes to for those who watch. */
class ConsulWatchTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  /** Each test has its own, since what the one before had under way may still arrive. */
  private final String service = "orders-" + UUID.randomUUID();

  private final String path = "/v1/health/service/" + service;

  /** Entries of these ids. */
  private static String entries(String... ids) {
    return "[" + String.join(",", List.of(ids).stream().map(ConsulWatchTest::entry).toList()) + "]";
  }

  private static String entry(String id) {
    return """
        {"Node":{"Node":"n","Address":"10.0.0.9"},"Checks":[],
         "Service":{"ID":"%s","Service":"orders","Address":"10.0.0.1","Port":80}}
        """
        .formatted(id);
  }

  private static ResponseDefinitionBuilder list(String index, String... ids) {
    return okJson(entries(ids)).withHeader("X-Consul-Index", index);
  }

  private static ResponseDefinitionBuilder held(ResponseDefinitionBuilder answer) {
    return answer.withFixedDelay(20_000);
  }

  /** Answers these one after the other, and holds what comes then. */
  private void answerInTurn(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i <= answers.length; i++) {
      SERVER.answer(
          any(urlPathMatching(path))
              .inScenario("in turn")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo("after " + Math.min(i + 1, answers.length))
              .willReturn(i < answers.length ? answers[i] : held(list("1"))));
    }
  }

  private Heard watch(String parameters) {
    ServiceRegistry registry = registry(parameters);
    Heard heard = new Heard();
    registry.watch(service, heard); // ends with the registry
    return heard;
  }

  private static ServiceRegistry registry(String parameters) {
    return SERVER.registry("consul://127.0.0.1:" + SERVER.port() + "?" + parameters);
  }

  private List<String> asked() {
    return SERVER.received().stream()
        .map(LoggedRequest::getUrl)
        .filter(url -> url.startsWith(path))
        .map(url -> url.substring(path.length()))
        .toList();
  }

  @Test
  void an_index_that_goes_backwards_is_followed_by_a_read_without_one() {
    answerInTurn(list("50", "a"), list("10", "a", "b"), list("10", "b"));
    Heard heard = watch("");
    heard.await("the third list", snapshot -> Heard.ids(snapshot).equals(Set.of("b")));
    Await.until("four requests", () -> asked().size() == 4);
    assertEquals(List.of("", "?index=50&wait=5m", "", "?index=10&wait=5m"), asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "18446744073709551615", "abc"})
  void an_index_that_leads_nowhere_makes_no_busy_loop(String index) {
    SERVER.answer(list(index, "a"));
    watch("").await("a list", snapshot -> true);
    Await.pass(Duration.ofMillis(1_500));
    assertTrue(asked().size() <= 3, "requests in 1.5 s: " + asked());
    assertFalse(asked().contains("?index=0&wait=5m"));
  }

  @Test
  void churn_is_asked_for_ten_times_in_the_first_seconds_and_then_not_for_long() {
    ResponseDefinitionBuilder[] churn = new ResponseDefinitionBuilder[60];
    for (int i = 0; i < churn.length; i++) {
      churn[i] = list(Integer.toString(100 + i), "a").withFixedDelay(10);
    }
    answerInTurn(churn);
    Heard heard = watch("");
    heard.await("a list", snapshot -> true);
    Await.pass(Duration.ofSeconds(3));
    assertTrue(asked().size() <= 10, "requests in 3 s: " + asked().size());
    assertEquals(1, heard.snapshots().size());
  }

  @Test
  void a_query_is_held_for_longer_than_other_calls_may_take() {
    Outcomes.failure(
        RegistryException.class,
        registry("").instances("warm")); // so that no other call is that slow
    answerInTurn(list("7", "a"), list("8", "a", "b").withFixedDelay(6_000));
    Heard heard = watch("timeout=5s&wait=1m");
    heard.await("the second list", snapshot -> Heard.ids(snapshot).equals(Set.of("a", "b")));
    assertEquals(List.of(), heard.errors());
    assertTrue(asked().contains("?index=7&wait=1m"), () -> asked().toString());
  }

  @ParameterizedTest
  @EnumSource
  void a_torn_connection_is_told_and_the_index_stays(Fault fault) {
    answerInTurn(list("7", "a"), aResponse().withFault(fault), list("8", "a", "b"));
    Heard heard = watch("");
    heard.await("the list after", snapshot -> Heard.ids(snapshot).equals(Set.of("a", "b")));
    assertEquals(1, heard.errors().size());
    assertTrue(asked().contains("?index=7&wait=1s"), () -> asked().toString());
    assertTrue(heard.snapshots().stream().noneMatch(snapshot -> snapshot.instances().isEmpty()));
  }

  @Test
  void plain_text_of_an_agent_in_trouble_is_told_and_its_list_comes_again() {
    ResponseDefinitionBuilder trouble =
        aResponse()
            .withStatus(500)
            .withHeader("Content-Type", "text/plain")
            .withBody("No cluster leader");
    answerInTurn(list("7", "a"), trouble, list("7", "a"));
    Heard heard = watch("");
    Await.until("two lists", () -> heard.snapshots().size() == 2);
    assertTrue(heard.errors().get(0).getMessage().endsWith("500: No cluster leader"));
    assertEquals(1, heard.snapshots().get(1).revision()); // nothing had changed
  }

  @Test
  void without_a_leader_the_last_list_is_stale_and_never_empty() {
    answerInTurn(
        list("7", "a"), list("7").withHeader("X-Consul-KnownLeader", "false"), list("9", "a"));
    Heard heard = watch("");
    heard.await("stale", snapshot -> snapshot.freshness() == Freshness.STALE);
    heard.await("fresh again", snapshot -> snapshot.freshness() == Freshness.FRESH);
    assertTrue(heard.snapshots().stream().noneMatch(snapshot -> snapshot.instances().isEmpty()));
  }

  @Test
  void wrong_types_in_one_entry_cost_that_entry() {
    String bad = entry("bad").replace("\"Port\":80", "\"Port\":\"80\"");
    String body = "[" + entry("a") + "," + bad + ",7]";
    answerInTurn(okJson(body).withHeader("X-Consul-Index", "7"));
    watch("").await("the good one", snapshot -> Heard.ids(snapshot).equals(Set.of("a")));
  }

  @Test
  void entries_that_are_all_bad_are_an_error_and_no_list() {
    answerInTurn(list("7", "a"), okJson("[7]").withHeader("X-Consul-Index", "8"), list("9", "b"));
    Heard heard = watch("");
    heard.await("the list after", snapshot -> Heard.ids(snapshot).equals(Set.of("b")));
    assertEquals(1, heard.errors().size());
    assertTrue(asked().contains("?index=7&wait=1s"), () -> asked().toString());
    assertEquals(2, heard.snapshots().size());
  }

  @Test
  void while_the_server_wants_a_pause_the_watch_is_quiet_and_renewals_go_on() {
    SERVER.answer(
        get(urlMatching(".*"))
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "60")));
    SERVER.answer(put(anyUrl()).willReturn(aResponse()));
    ServiceRegistry registry = registry("");
    Heard heard = new Heard();
    registry.watch(service, heard);
    Await.until("two errors", () -> heard.errors().size() > 1);
    assertEquals(1, asked().size());
    assertEquals(
        Renewal.RENEWED, Outcomes.get(registry.renew(Outcomes.ORDERS.key(), Outcomes.LEASE)));
  }

  @Test
  void a_token_is_sent_in_consuls_header_and_in_no_url() {
    answerInTurn(list("7", "a"));
    watch("token=canary-1234").await("a list", snapshot -> true);
    Await.until("two requests", () -> asked().size() == 2);
    SERVER.received().stream()
        .filter(request -> request.getUrl().startsWith(path))
        .forEach(request -> assertEquals("canary-1234", request.getHeader("X-Consul-Token")));
    assertFalse(asked().toString().contains("canary"));
  }

  @Test
  void revisions_grow_with_the_lists_whatever_the_index_does() {
    answerInTurn(list("50", "a"), list("10", "b"), list("3", "a"));
    Heard heard = watch("");
    Await.until("three lists", () -> heard.snapshots().size() == 3);
    assertEquals(
        List.of(1L, 2L, 3L), heard.snapshots().stream().map(ServiceSnapshot::revision).toList());
  }
}
