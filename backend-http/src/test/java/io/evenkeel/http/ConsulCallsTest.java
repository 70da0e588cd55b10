package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.RegistryException.Rejected;
import io.evenkeel.registry.RegistryException.Superseded;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the calls on a Consul are, and what its answers mean. */
class ConsulCallsTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  private static final ServiceInstance ORDERS = Outcomes.ORDERS;
  private static final InstanceKey KEY = ORDERS.key();
  private static final String REGISTER = "PUT /v1/agent/service/register";
  private static final String PASS = "PUT /v1/agent/check/pass/service:orders~orders-1";
  private static final String MAINTENANCE = "PUT /v1/agent/service/maintenance/orders~orders-1";
  private static final String ASK = "GET /v1/agent/service/orders~orders-1";
  private static final String DEREGISTER = "PUT /v1/agent/service/deregister/orders~orders-1";

  private static ServiceRegistry registry(String parameters) {
    return SERVER.registry("consul://127.0.0.1:" + SERVER.port() + "?" + parameters);
  }

  private static List<String> asked() {
    return SERVER.received().stream()
        .map(request -> request.getMethod() + " " + request.getUrl())
        .toList();
  }

  private static ResponseDefinitionBuilder ok() {
    return aResponse();
  }

  @Test
  void registering_passes_the_check_since_consul_keeps_one_that_expired() {
    SERVER.answer(ok());
    Lease granted = Outcomes.get(registry("").register(ORDERS, Outcomes.LEASE));
    assertEquals(Outcomes.LEASE, granted);
    assertEquals(List.of(REGISTER, PASS), asked());
    assertEquals("7", SERVER.received().get(0).getHeader("Evenkeel-Incarnation"));
    assertEquals("20000", SERVER.received().get(0).getHeader("Evenkeel-Ttl"));
  }

  @Test
  void a_server_of_ours_grants_with_its_answer() {
    SERVER.answer(ok().withHeader("Evenkeel-Incarnation", "7").withHeader("Evenkeel-Ttl", "5000"));
    Lease granted = Outcomes.get(registry("").register(ORDERS, Outcomes.LEASE));
    assertEquals(new Lease(Duration.ofSeconds(5), 7), granted);
    assertEquals(List.of(REGISTER), asked());
  }

  @Test
  void under_a_check_of_the_agent_there_is_nothing_to_pass_and_no_renewal() {
    SERVER.answer(ok());
    ServiceRegistry registry = registry("check=http");
    Outcomes.get(registry.register(ORDERS, Outcomes.LEASE));
    assertEquals(List.of(REGISTER), asked());
    Outcomes.failure(Rejected.class, registry.renew(KEY, Outcomes.LEASE));
  }

  @Test
  void out_of_service_is_maintenance_and_ends_once() {
    SERVER.answer(ok());
    ServiceRegistry registry = registry("check=http");
    Outcomes.get(
        registry.register(ORDERS.withStatus(InstanceStatus.OUT_OF_SERVICE), Outcomes.LEASE));
    Outcomes.get(registry.register(ORDERS, Outcomes.LEASE));
    Outcomes.get(registry.register(ORDERS, Outcomes.LEASE));
    String enabled = MAINTENANCE + "?enable=true&reason=Evenkeel:%20OUT_OF_SERVICE";
    String disabled = MAINTENANCE + "?enable=false";
    assertEquals(List.of(REGISTER, enabled, REGISTER, disabled, REGISTER), asked());
  }

  @Test
  void several_requests_of_one_call_end_by_its_deadline() {
    SERVER.answer(ok());
    SERVER.answer(put(urlPathMatching(".*/pass/.*")).willReturn(ok().withFixedDelay(20_000)));
    ServiceRegistry registry = registry("timeout=500ms");
    Outcomes.failure(Unavailable.class, registry.register(ORDERS, Outcomes.LEASE));
  }

  @Test
  void a_renewal_passes_the_check() {
    SERVER.answer(ok());
    assertEquals(Renewal.RENEWED, Outcomes.get(registry("").renew(KEY, Outcomes.LEASE)));
    assertEquals(List.of(PASS), asked());
    assertEquals("7", SERVER.last().getHeader("Evenkeel-Incarnation"));
  }

  @ParameterizedTest
  @CsvSource({
    "404, 'Unknown check ID \"service:orders~orders-1\"'",
    "500, 'CheckID \"service:orders~orders-1\" does not have associated TTL'"
  })
  void a_check_that_the_agent_does_not_know_is_unknown(int status, String words) {
    SERVER.answer(aResponse().withStatus(status).withBody(words));
    assertEquals(Renewal.UNKNOWN, Outcomes.get(registry("").renew(KEY, Outcomes.LEASE)));
  }

  @ParameterizedTest
  @CsvSource({"500, No cluster leader", "429, ''", "503, ''"})
  void an_agent_in_trouble_has_not_forgotten(int status, String words) {
    SERVER.answer(aResponse().withStatus(status).withBody(words));
    Outcomes.failure(Unavailable.class, registry("").renew(KEY, Outcomes.LEASE));
  }

  @Test
  void a_conflict_that_names_its_holder_is_superseded() {
    SERVER.answer(aResponse().withStatus(409).withHeader("Evenkeel-Incarnation", "9"));
    ServiceRegistry registry = registry("");
    Superseded renewed = Outcomes.failure(Superseded.class, registry.renew(KEY, Outcomes.LEASE));
    Superseded registered =
        Outcomes.failure(Superseded.class, registry.register(ORDERS, Outcomes.LEASE));
    assertEquals(9, renewed.holder());
    assertEquals(9, registered.holder());
  }

  @ParameterizedTest
  @CsvSource({"200, 200, true", "404, 200, false", "200, 404, false", "500, 200, true"})
  void whether_it_was_there_is_asked_before(int before, int status, boolean existed) {
    SERVER.answer(get(anyUrl()).willReturn(aResponse().withStatus(before)));
    SERVER.answer(put(anyUrl()).willReturn(aResponse().withStatus(status)));
    assertEquals(existed, Outcomes.get(registry("").deregister(KEY, 7)));
    assertEquals(List.of(ASK, DEREGISTER), asked());
    assertEquals("7", SERVER.last().getHeader("Evenkeel-Incarnation"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_of_ours_says_whether_it_was_there(boolean existed) {
    SERVER.answer(ok().withHeader("Evenkeel-Existed", Boolean.toString(existed)));
    assertEquals(existed, Outcomes.get(registry("").deregister(KEY, 7)));
  }

  @Test
  void a_deregistration_that_is_refused_says_why() {
    SERVER.answer(aResponse().withStatus(403).withBody("Permission denied"));
    Rejected refused = Outcomes.failure(Rejected.class, registry("").deregister(KEY, 7));
    assertTrue(refused.getMessage().endsWith("403: Permission denied"), refused::getMessage);
  }

  @Test
  void without_a_leader_a_single_list_is_an_error() {
    SERVER.answer(okJson("[]").withHeader("X-Consul-KnownLeader", "false"));
    Outcomes.failure(Unavailable.class, registry("").instances("orders"));
  }

  @Test
  void a_list_is_asked_for_with_every_status() {
    SERVER.answer(okJson("[]"));
    Outcomes.get(registry("dc=dc2&near=_agent").instances("orders"));
    assertEquals(List.of("GET /v1/health/service/orders?dc=dc2&near=_agent"), asked());
    assertEquals("all", SERVER.last().getHeader("Evenkeel-View"));
  }

  @Test
  void services_are_named_but_for_consul_and_what_is_no_name() {
    SERVER.answer(okJson("{\"consul\":[],\"web\":[\"v1\"],\"a/b\":[],\"orders\":null}"));
    assertEquals(Set.of("orders", "web"), Outcomes.get(registry("").services()));
    SERVER.answer(okJson("[]"));
    Outcomes.failure(RegistryException.Protocol.class, registry("").services());
  }

  @Test
  void the_next_agent_is_asked_when_one_is_away() {
    SERVER.answer(any(anyUrl()).willReturn(okJson("[]")));
    ServiceRegistry registry = SERVER.registry("consul://127.0.0.1:1,127.0.0.1:" + SERVER.port());
    assertEquals(List.of(), Outcomes.list(registry));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check=tcp", "wait=1h", "consistency=x", "ids=x", "nosuch=1"})
  void a_parameter_that_is_not_understood_is_refused(String parameter) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> registry(parameter));
    assertTrue(
        error.getMessage().contains(parameter.substring(0, parameter.indexOf('='))),
        error::getMessage);
  }
}
