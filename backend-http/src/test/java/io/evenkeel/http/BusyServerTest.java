package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.registry.RegistryException.Closed;
import io.evenkeel.registry.RegistryException.Rejected;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the statuses of a server that is at work, overloaded or of another mind come to. */
class BusyServerTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @ParameterizedTest
  @EnumSource
  void while_the_server_wants_a_pause_reads_are_not_sent_and_writes_are(Spoken spoken) {
    SERVER.answer(okJson(spoken.registered(spoken.wireId(Outcomes.ORDERS.key()))));
    SERVER.answer(
        get(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("Retry-After", "60")));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    Unavailable error = Outcomes.failure(Unavailable.class, registry.services());
    assertTrue(error.getMessage().contains("not sent"), error::getMessage);
    assertEquals(1, SERVER.received().size());
    Lease granted = Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(Outcomes.LEASE.incarnation(), granted.incarnation());
    assertEquals(2, SERVER.received().size());
  }

  @Test
  void a_server_that_cannot_write_now_is_read_all_the_same() {
    SERVER.answer(aResponse().withStatus(503).withHeader("Retry-After", "60"));
    SERVER.answer(get(anyUrl()).willReturn(okJson("[]")));
    ServiceRegistry registry = SERVER.registry(Spoken.CONFIG_SERVICE, "");
    Outcomes.failure(Unavailable.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(List.of(), Outcomes.list(registry));
  }

  @ParameterizedTest
  @CsvSource({"503,60", "429,99999999999999999999", "503,'Sat, 21 Nov 2099 07:00:00 GMT'"})
  void retry_after_may_be_seconds_or_a_date(int status, String retryAfter) {
    SERVER.answer(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));
    ServiceRegistry registry = SERVER.registry(Spoken.HEARTBEAT, "");
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    assertEquals(1, SERVER.received().size());
  }

  @ParameterizedTest
  @CsvSource({"503,0", "503,soon", "503,-5", "503,'Sat, 21 Nov 2020 07:00:00 GMT'", "500,60"})
  void what_asks_for_no_pause_is_asked_again(int status, String retryAfter) {
    SERVER.answer(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));
    ServiceRegistry registry = SERVER.registry(Spoken.HEARTBEAT, "");
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    assertEquals(2, SERVER.received().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504, 599})
  void an_overloaded_or_broken_server_is_unavailable(int status) {
    SERVER.answer(aResponse().withStatus(status).withBody("upstream\r\nis gone"));
    ServiceRegistry registry = SERVER.registry(Spoken.CONFIG_SERVICE, "");
    Unavailable error = Outcomes.failure(Unavailable.class, registry.services());
    String expected =
        "config-service:127.0.0.1:%d?timeout=30s: GET /api/v1/registry/services: %d:"
            + " upstream\\u000d\\u000ais gone";
    assertEquals(expected.formatted(SERVER.port(), status), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 409, 422})
  void a_server_that_refuses_says_why_in_few_words(int status) {
    SERVER.answer(aResponse().withStatus(status).withBody("no ".repeat(10_000)));
    ServiceRegistry registry = SERVER.registry(Spoken.ORCHESTRATOR, "");
    Rejected error =
        Outcomes.failure(Rejected.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertTrue(error.getMessage().contains(": " + status + ": no no"), error::getMessage);
    assertTrue(error.getMessage().length() < 400, error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void a_conflict_that_names_an_incarnation_is_superseded(Spoken spoken) {
    SERVER.answer(aResponse().withStatus(409).withHeader("Evenkeel-Incarnation", "12"));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Superseded error =
        Outcomes.failure(Superseded.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(12, error.holder());
  }

  @ParameterizedTest
  @EnumSource
  void a_path_that_is_not_there_is_no_empty_list(Spoken spoken) {
    SERVER.answer(
        any(anyUrl())
            .willReturn(
                aResponse()
                    .withStatus(404)
                    .withHeader("Content-Type", "application/json")
                    .withBody("{\"detail\": \"Not Found\"}")));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Outcomes.failure(Rejected.class, registry.instances("orders"));
  }

  @ParameterizedTest
  @EnumSource
  void a_registry_that_was_closed_sends_nothing(Spoken spoken) {
    ServiceRegistry registry = SERVER.registry(spoken, "");
    registry.close();
    Outcomes.failure(Closed.class, registry.instances("orders"));
    assertFalse(SERVER.received().iterator().hasNext());
  }
}
