package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrchestratorTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();
  @RegisterExtension static final StubServer ELSEWHERE = StubServer.start();

  @Test
  void a_ping_goes_where_the_server_wants_it_on_its_own_origin() {
    assertEquals("/elsewhere/ping/x", pinged("", "http://127.0.0.1:PORT/elsewhere/ping/x"));
    assertEquals("/base/ping", pinged("/base", "http://127.0.0.1:PORT/base/ping"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:ELSEWHERE/services/x/$ping",
        "https://127.0.0.1:PORT/services/y/$ping",
        "http://localhost:PORT/services/y/$ping",
        "http://user@127.0.0.1:PORT/services/y/$ping",
        "http://127.0.0.1:PORT/services/../admin",
        "http://127.0.0.1:PORT/ping?x=1",
        "http://127.0.0.1:PORT",
        "//127.0.0.1:PORT/services/y/$ping",
        "file:///etc/passwd",
        "\\r\\n"
      })
  void any_other_ping_url_is_not_called(String pingUrl) {
    ELSEWHERE.answer(okJson("{}"));
    assertEquals("/services/x/$ping", pinged("", pingUrl));
    assertEquals(List.of(), ELSEWHERE.received());
  }

  @Test
  void a_ping_url_outside_the_base_path_is_not_called() {
    assertEquals("/base/services/x/$ping", pinged("/base", "http://127.0.0.1:PORT/services/x/1"));
  }

  private static String pinged(String basePath, String pingUrl) {
    String url =
        pingUrl
            .replace("PORT", Integer.toString(SERVER.port()))
            .replace("ELSEWHERE", Integer.toString(ELSEWHERE.port()));
    SERVER.answer(okJson("{\"id\": \"x\", \"ping_url\": \"" + url + "\"}"));
    ServiceRegistry registry =
        SERVER.registry(
            "orchestrator://127.0.0.1:" + SERVER.port() + basePath + "?service-key=canary");
    Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    Outcomes.get(registry.renew(Outcomes.ORDERS.key(), Outcomes.LEASE));
    return SERVER.last().getUrl();
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"id\": \"orders\", \"display_name\": \"X\"}', orders",
    "'{\"id\": \"no name!\", \"display_name\": \"My (new) Service\"}', my-new-service",
    "'{\"display_name\": \"Über 9\"}', ber-9",
    "'{\"display_name\": \"!!\"}', unnamed",
    "'{\"display_name\": null}', unnamed",
    "'{}', unnamed"
  })
  void the_service_of_a_foreign_entry(String info, String expected) {
    String row = "{\"id\": \"01M7\", \"url\": \"http://a:80\", \"info\": " + info + "}";
    SERVER.answer(okJson(Spoken.ORCHESTRATOR.list(row)));
    assertEquals(
        Set.of(expected), Outcomes.get(SERVER.registry(Spoken.ORCHESTRATOR, "").services()));
  }

  @Test
  void another_services_bad_entry_is_not_this_lists_fault() {
    String other = "{\"id\": \"x\", \"url\": \"nowhere\", \"info\": {\"id\": \"users\"}}";
    SERVER.answer(okJson(Spoken.ORCHESTRATOR.list(other)));
    ServiceRegistry registry = SERVER.registry(Spoken.ORCHESTRATOR, "");
    assertEquals(List.of(), Outcomes.list(registry));
    assertEquals(Set.of("users"), Outcomes.get(registry.services()));
    Outcomes.failure(Protocol.class, registry.instances("users"));
  }

  @Test
  void a_list_holds_one_services_entries() {
    String other = Spoken.ORCHESTRATOR.row("b", "http://b:80").replace("orders", "users");
    SERVER.answer(
        okJson(Spoken.ORCHESTRATOR.list(Spoken.ORCHESTRATOR.row("a", "http://a:80"), other)));
    ServiceRegistry registry = SERVER.registry(Spoken.ORCHESTRATOR, "");
    assertEquals(List.of("a"), Outcomes.list(registry).stream().map(ServiceInstance::id).toList());
    assertEquals(Set.of("orders", "users"), Outcomes.get(registry.services()));
  }
}
