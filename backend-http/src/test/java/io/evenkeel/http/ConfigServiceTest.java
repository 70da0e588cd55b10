package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.RegistryException.Rejected;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigServiceTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @Test
  void it_has_no_renewals() {
    ServiceRegistry registry = registry();
    assertEquals(Set.of(Capability.REGISTER), registry.capabilities());
    Outcomes.failure(Rejected.class, registry.renew(Outcomes.ORDERS.key(), Outcomes.LEASE));
    assertTrue(SERVER.received().isEmpty());
  }

  @Test
  void a_foreign_server_grants_what_was_asked() {
    SERVER.answer(okJson("{\"instance_id\": \"orders-1\"}"));
    Lease granted = Outcomes.get(registry().register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(Outcomes.LEASE, granted);
  }

  @Test
  void an_empty_id_means_that_nothing_was_stored() {
    SERVER.answer(okJson("{\"instance_id\": \"\"}"));
    Outcomes.failure(Unavailable.class, registry().register(Outcomes.ORDERS, Outcomes.LEASE));
    SERVER.answer(okJson("{\"instance_id\": \"another\"}"));
    Outcomes.failure(Protocol.class, registry().register(Outcomes.ORDERS, Outcomes.LEASE));
  }

  @Test
  void whether_it_existed_is_what_this_object_registered() {
    ServiceRegistry registry = registry();
    SERVER.answer(okJson("{\"instance_id\": \"orders-1\"}"));
    assertFalse(Outcomes.get(registry.deregister(Outcomes.ORDERS.key(), 6)));
    Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertTrue(Outcomes.get(registry.deregister(Outcomes.ORDERS.key(), 7)));
    assertFalse(Outcomes.get(registry.deregister(Outcomes.ORDERS.key(), 7)));
  }

  @ParameterizedTest
  @CsvSource({
    "healthy, UP",
    "unhealthy, DOWN",
    "starting, STARTING",
    "stopping, DRAINING",
    "unknown, STARTING",
    "whatever, UP"
  })
  void the_status_of_a_foreign_row(String status, InstanceStatus expected) {
    String row = Spoken.CONFIG_SERVICE.row("a", "http://a:80").replace("healthy", status);
    SERVER.answer(okJson("[" + row + "]"));
    assertEquals(expected, Outcomes.list(registry()).get(0).status());
  }

  @Test
  void a_foreign_row_keeps_its_own_metadata_and_its_health_check() {
    SERVER.answer(
        okJson(
            """
            [{"instance_id": "a", "service_name": "orders", "service_url": "http://my_host/",
              "health_check_url": "http://my_host/health", "status": "healthy",
              "service_metadata": {"instance_id": "a", "team": "blue", "size": 7,
                "service_url": "http://my_host/", "status": "healthy", "bell": "\\u0007"}}]
            """));
    ServiceInstance instance = Outcomes.list(registry()).get(0);
    assertEquals(Map.of("team", "blue"), instance.metadata());
    assertEquals(HealthCheck.http("http://my_host/health"), instance.healthCheck());
    assertEquals("my_host:80", instance.host() + ":" + instance.port());
  }

  @Test
  void a_health_check_at_a_link_local_address_is_a_bad_row() {
    String row = Spoken.CONFIG_SERVICE.row("a", "http://a:80");
    String check = "{\"health_check_url\": \"http://169.254.169.254/latest\",";
    SERVER.answer(okJson("[" + row.replaceFirst("\\{", check) + "]"));
    Outcomes.failure(Protocol.class, registry().instances("orders"));
  }

  @Test
  void names_that_no_call_could_be_made_with_are_left_out() {
    SERVER.answer(
        okJson(
            "[{\"service_name\": \"b\"}, {\"service_name\": \"\"}, {}, 5, {\"service_name\": \"a\"}]"));
    assertEquals(Set.of("a", "b"), Outcomes.get(registry().services()));
  }

  @Test
  void names_and_ids_are_escaped_and_a_base_path_goes_before() {
    SERVER.answer(okJson("{}"));
    ServiceRegistry registry =
        SERVER.registry("config-service://127.0.0.1:" + SERVER.port() + "/base/path/");
    Outcomes.get(registry.deregister(new InstanceKey("a@b:c", "x.y-z_1"), 1));
    assertEquals(
        "/base/path/api/v1/registry/deregister?service_name=a@b:c&instance_id=x.y-z_1",
        SERVER.last().getUrl());
  }

  private static ServiceRegistry registry() {
    return SERVER.registry(Spoken.CONFIG_SERVICE, "");
  }
}
