package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.RecordingListener;
import io.evenkeel.testkit.wire.RealConsul;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not ask, of a Consul that knows nothing of Evenkeel. */
class RealConsulIT {
  private static final ServiceInstance WEB =
      ServiceInstance.builder("web", "10.0.0.1", 8080).id("a").weight(7).build();
  private static final Lease LEASE = new Lease(Duration.ofSeconds(30), 1);

  @TempDir static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static ConsulAgent agent;

  @SuppressWarnings("NullAway.Init") // set before each test
  private ServiceRegistry registry;

  @BeforeAll
  static void start() {
    assumeTrue(RealConsul.version().isPresent(), "no consul on the PATH");
    agent = ConsulAgent.start(data);
  }

  @AfterAll
  static void stop() {
    if (agent != null) {
      agent.close();
    }
  }

  @BeforeEach
  void open() {
    agent.deregisterAll();
    registry = agent.registry("");
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private List<ServiceInstance> list() {
    return Await.value(registry.instances("web")).instances();
  }

  private void register(ServiceInstance instance) {
    Await.value(registry.register(instance, LEASE));
  }

  private RecordingListener watch() {
    RecordingListener listener = RecordingListener.create();
    registry.watch("web", listener); // ends with the registry
    Await.until("a first list", () -> !listener.heard().isEmpty());
    return listener;
  }

  private static InstanceStatus lastStatus(RecordingListener listener) {
    List<ServiceInstance> last = listener.heard().get(listener.heard().size() - 1).instances();
    return last.get(0).status();
  }

  @Test
  void a_blocking_watch_hears_who_comes_and_goes() {
    RecordingListener listener = watch();
    register(WEB);
    Await.until("a", () -> listener.lastIds().equals(Set.of("a")));
    assertTrue(Await.value(registry.deregister(WEB.key(), 1)));
    Await.until("nobody", () -> listener.lastIds().isEmpty());
    assertFalse(Await.value(registry.deregister(WEB.key(), 1)));
  }

  @Test
  void under_an_http_check_there_is_no_lease_and_the_agent_judges() {
    try (ServiceRegistry checked = agent.registry("check=http")) {
      assertFalse(checked.capabilities().contains(Capability.RENEW));
      String path = "http://127.0.0.1:" + agent.port() + "/v1/status/leader";
      HealthCheck well = new HealthCheck.Http(path, Duration.ofSeconds(1), Duration.ofSeconds(1));
      Await.value(checked.register(WEB.toBuilder().healthCheck(well).build(), LEASE));
      RecordingListener listener = watch();
      Await.until("UP by the agent", () -> lastStatus(listener) == InstanceStatus.UP);
    }
  }

  @Test
  void an_instance_whose_http_check_fails_is_down() {
    try (ServiceRegistry checked = agent.registry("check=both")) {
      String path = "http://127.0.0.1:" + agent.port() + "/nosuch";
      HealthCheck ill = new HealthCheck.Http(path, Duration.ofSeconds(1), Duration.ofSeconds(1));
      Await.value(checked.register(WEB.toBuilder().healthCheck(ill).build(), LEASE));
      assertEquals(InstanceStatus.DOWN, list().get(0).status());
      assertEquals(Renewal.RENEWED, Await.value(checked.renew(WEB.key(), LEASE)));
    }
  }

  @Test
  void a_warning_is_up_with_the_weight_for_it_and_critical_is_down() {
    register(WEB);
    RecordingListener listener = watch();
    agent.put("/v1/agent/check/warn/service:web~a", "");
    Await.until("the weight of a warning", () -> last(listener).weight() == 1);
    assertEquals(InstanceStatus.UP, lastStatus(listener));
    agent.put("/v1/agent/check/fail/service:web~a", "");
    Await.until("DOWN", () -> lastStatus(listener) == InstanceStatus.DOWN);
  }

  private static ServiceInstance last(RecordingListener listener) {
    return listener.heard().get(listener.heard().size() - 1).instances().get(0);
  }

  @Test
  void out_of_service_is_maintenance_for_everyone_and_ends_with_up() {
    register(WEB.withStatus(InstanceStatus.OUT_OF_SERVICE));
    assertEquals("[]", agent.get("/v1/health/service/web?passing=1"));
    assertEquals(InstanceStatus.OUT_OF_SERVICE, list().get(0).status());
    register(WEB);
    assertEquals(List.of(WEB), list());
  }

  @Test
  void an_operators_maintenance_is_seen_and_left_alone() {
    register(WEB);
    agent.put("/v1/agent/service/maintenance/web~a?enable=true&reason=disk", "");
    RecordingListener listener = watch();
    Await.until("out", () -> lastStatus(listener) == InstanceStatus.OUT_OF_SERVICE);
    register(WEB);
    assertEquals(InstanceStatus.OUT_OF_SERVICE, list().get(0).status());
    agent.put("/v1/agent/service/maintenance/web~a?enable=false", "");
    Await.until("back", () -> lastStatus(listener) == InstanceStatus.UP);
  }

  @Test
  void when_its_lease_ran_out_an_instance_is_not_listed_until_it_registers_again() {
    RecordingListener listener = watch();
    Await.value(registry.register(WEB, new Lease(Duration.ofSeconds(1), 1)));
    Await.until("a", () -> listener.lastIds().equals(Set.of("a")));
    Await.until("nobody", () -> listener.lastIds().isEmpty());
    register(WEB);
    Await.until("a again", () -> listener.lastIds().equals(Set.of("a")));
  }

  @Test
  void what_others_registered_is_read_too() {
    agent.put(
        "/v1/agent/service/register",
        "{\"name\":\"web\",\"id\":\"web-1\",\"port\":8443,\"tags\":[\"version=1.2\",\"secure\"]}");
    ServiceInstance foreign = list().get(0);
    assertEquals(new InstanceKey("web", "web-1"), foreign.key());
    assertEquals("https://127.0.0.1:8443", foreign.scheme() + "://" + address(foreign));
    assertEquals("1.2", foreign.version());
  }

  private static String address(ServiceInstance instance) {
    return instance.host() + ":" + instance.port();
  }

  @Test
  void services_are_those_of_others_than_consul_itself() {
    register(WEB);
    assertEquals(Set.of("web"), Await.value(registry.services()));
  }

  @Test
  void every_way_to_ask_for_a_list_is_understood() {
    register(WEB.toBuilder().tag("blue").tag("x&y").build());
    String all = "dc=dc1&near=_agent&tag=blue,x%26y&filter=Service.Port==8080";
    for (String mode : List.of("default", "stale", "consistent")) {
      try (ServiceRegistry asked = agent.registry(all + "&consistency=" + mode)) {
        assertEquals(1, Await.value(asked.instances("web")).instances().size(), mode);
      }
    }
    try (ServiceRegistry asked = agent.registry("tag=green")) {
      assertEquals(List.of(), Await.value(asked.instances("web")).instances());
    }
  }

  @Test
  void plain_ids_are_sent_as_they_are() {
    try (ServiceRegistry plain = agent.registry("ids=plain")) {
      Await.value(plain.register(WEB, LEASE));
      assertTrue(agent.get("/v1/agent/services").contains("\"ID\":\"a\""));
      assertEquals(List.of(WEB), Await.value(plain.instances("web")).instances());
      assertEquals(Renewal.RENEWED, Await.value(plain.renew(WEB.key(), LEASE)));
      assertTrue(Await.value(plain.deregister(WEB.key(), 1)));
    }
  }
}
