package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the two systems with leases have in common: heartbeat registry and orchestrator. */
class LeasedRegistryTest {
  private static final InstanceKey KEY = Outcomes.ORDERS.key();

  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void lease_and_incarnation_travel_in_headers(Spoken spoken) {
    ServiceRegistry registry = registered(spoken, "orders~orders-1");
    assertAskedFor("20000", "7");
    Outcomes.get(registry.renew(KEY, new Lease(Duration.ofSeconds(9), 8)));
    assertAskedFor("9000", "8");
    Outcomes.get(registry.deregister(KEY, 8));
    assertEquals("8", SERVER.last().getHeader("Evenkeel-Incarnation"));
    Outcomes.list(registry);
    assertEquals("all", SERVER.last().getHeader("Evenkeel-View"));
  }

  private static void assertAskedFor(String ttl, String incarnation) {
    LoggedRequest request = SERVER.last();
    assertEquals(ttl, request.getHeader("Evenkeel-Ttl"));
    assertEquals(incarnation, request.getHeader("Evenkeel-Incarnation"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void a_server_that_knows_no_headers_grants_30_s(Spoken spoken) {
    SERVER.answer(okJson(spoken.registered("x")));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Lease granted = Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(new Lease(Duration.ofSeconds(30), 7), granted);
  }

  @ParameterizedTest
  @EnumSource
  void a_server_that_knows_the_headers_grants_what_it_says(Spoken spoken) {
    SERVER.answer(
        okJson(spoken.registered(spoken.wireId(KEY)))
            .withHeader("Evenkeel-Ttl", "5000")
            .withHeader("Evenkeel-Incarnation", "9"));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Lease granted = Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(new Lease(Duration.ofSeconds(5), 9), granted);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void an_id_that_the_server_chose_is_renewed_and_removed(Spoken spoken) {
    ServiceRegistry registry = registered(spoken, "a3a0/e6b3");
    assertEquals(Renewal.RENEWED, Outcomes.get(registry.renew(KEY, Outcomes.LEASE)));
    assertTrue(SERVER.last().getUrl().contains("a3a0%2Fe6b3"), () -> SERVER.last().getUrl());
    assertTrue(Outcomes.get(registry.deregister(KEY, 7)));
    assertTrue(SERVER.last().getUrl().endsWith("a3a0%2Fe6b3"), () -> SERVER.last().getUrl());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void what_another_process_announced_is_renewed_by_its_own_id(Spoken spoken) {
    SERVER.answer(okJson("{}"));
    Outcomes.get(SERVER.registry(spoken, "").renew(KEY, Outcomes.LEASE));
    assertTrue(SERVER.last().getUrl().contains("/orders~orders-1"), () -> SERVER.last().getUrl());
    Outcomes.get(SERVER.registry(spoken, "ids=plain").renew(KEY, Outcomes.LEASE));
    assertTrue(SERVER.last().getUrl().contains("/orders-1"), () -> SERVER.last().getUrl());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void announced_again_the_older_entry_goes_after_the_new_one_is_there(Spoken spoken) {
    ServiceRegistry registry = registered(spoken, "old");
    SERVER.answer(okJson(spoken.registered("new")));
    Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    List<String> methods =
        SERVER.awaitReceived(3).stream().map(r -> r.getMethod().getName()).toList();
    assertEquals(List.of("POST", "POST", "DELETE"), methods);
    assertTrue(SERVER.last().getUrl().endsWith("/old"), () -> SERVER.last().getUrl());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void a_renewal_that_is_not_known_says_so(Spoken spoken) {
    SERVER.answer(notFound());
    ServiceRegistry registry = SERVER.registry(spoken, "");
    assertEquals(Renewal.UNKNOWN, Outcomes.get(registry.renew(KEY, Outcomes.LEASE)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void a_late_renewal_does_not_follow_a_deregistration(Spoken spoken) {
    ServiceRegistry registry = registered(spoken, "x");
    Outcomes.get(registry.deregister(KEY, 7));
    int before = SERVER.received().size();
    Outcomes.failure(Superseded.class, registry.renew(KEY, Outcomes.LEASE));
    Outcomes.failure(Superseded.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(before, SERVER.received().size());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void whether_it_existed_is_what_our_server_says_or_the_status(Spoken spoken) {
    SERVER.answer(okJson(spoken.list()));
    SERVER.answer(delete(anyUrl()).willReturn(notFound()));
    assertFalse(Outcomes.get(SERVER.registry(spoken, "").deregister(KEY, 7)));
    SERVER.answer(delete(anyUrl()).willReturn(notFound().withHeader("Evenkeel-Existed", "true")));
    assertTrue(Outcomes.get(SERVER.registry(spoken, "").deregister(KEY, 7)));
    SERVER.answer(delete(anyUrl()).willReturn(okJson("{}")));
    assertTrue(Outcomes.get(SERVER.registry(spoken, "").deregister(KEY, 7)));
    SERVER.answer(
        delete(anyUrl()).willReturn(okJson("{}").withHeader("Evenkeel-Existed", "false")));
    assertFalse(Outcomes.get(SERVER.registry(spoken, "").deregister(KEY, 7)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void what_another_process_announced_to_a_foreign_server_is_found_in_its_list(Spoken spoken) {
    String row = spoken.row("uuid-1", "http://10.0.0.1:80");
    SERVER.answer(get(anyUrl()).willReturn(okJson(spoken.list("7", row))));
    SERVER.answer(delete(anyUrl()).willReturn(notFound()));
    SERVER.answer(delete(urlPathMatching(".*/uuid-1")).willReturn(okJson("{}")));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    assertTrue(Outcomes.get(registry.deregister(new InstanceKey("orders", "uuid-1"), 7)));
    assertFalse(Outcomes.get(registry.deregister(new InstanceKey("orders", "uuid-2"), 7)));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG_SERVICE")
  void ids_are_qualified_or_plain(Spoken spoken) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> SERVER.registry(spoken, "ids=other"));
    assertEquals("ids: (expected: plain or qualified)", error.getMessage());
  }

  private static ServiceRegistry registered(Spoken spoken, String serverId) {
    SERVER.answer(okJson(spoken.registered(serverId)));
    SERVER.answer(get(anyUrl()).willReturn(okJson(spoken.list())));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    return registry;
  }

  private static ResponseDefinitionBuilder notFound() {
    return aResponse()
        .withStatus(404)
        .withHeader("Content-Type", "application/problem+json")
        .withBody("{\"detail\": \"Instance x not found\"}");
  }
}
