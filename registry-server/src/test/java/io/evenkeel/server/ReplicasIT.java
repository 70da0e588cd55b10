package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.RegistryServerOptions.Quota;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers on one registry are one server. */
class ReplicasIT {
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final TestServer one = replica();
  private final TestServer other = replica();

  private TestServer replica() {
    return TestServer.over(
        new SharedRegistry(registry),
        options -> options.withTokens(Map.of("t", "ann")).withQuota(new Quota(2, 1, 10, 10, 100)));
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    registry.close();
  }

  private static int register(TestServer server, String service, int host) {
    String body =
        "{\"service_name\":\"%s\",\"base_url\":\"http://10.0.0.%d\"}".formatted(service, host);
    return server.post(Protocol.HEARTBEAT, "/register?token=t", body).statusCode();
  }

  private static void awaitInstances(TestServer server, int count) {
    String expected = "\"total_instances\":" + count;
    Eventually.holds(
        () -> server.get(Protocol.HEARTBEAT, "/status?token=t").body().contains(expected));
  }

  @Test
  void what_an_owner_registers_with_one_counts_at_the_other() {
    assertEquals(201, register(one, "web", 1));
    awaitInstances(other, 1);
    assertEquals(429, register(other, "api", 2)); // a second service
    assertEquals(201, register(other, "web", 2));
    awaitInstances(one, 2);
    assertEquals(429, register(one, "web", 3)); // a third instance
  }

  @Test
  void what_he_deregisters_with_one_no_longer_counts_at_the_other() {
    String registry = "/api/v1/registry";
    String body =
        "{\"service_name\":\"web\",\"service_url\":\"http://10.0.0.1\","
            + "\"service_metadata\":{\"instance_id\":\"i\",\"status\":\"healthy\"}}";
    one.post(Protocol.CONFIG_SERVICE, registry + "/register?token=t", body);
    awaitInstances(other, 1);
    String gone = registry + "/deregister?service_name=web&instance_id=i&token=t";
    assertEquals(200, other.post(Protocol.CONFIG_SERVICE, gone, "").statusCode());
    awaitInstances(one, 0);
    assertEquals(201, register(one, "api", 1));
  }
}
