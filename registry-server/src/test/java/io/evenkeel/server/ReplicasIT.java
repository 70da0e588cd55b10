package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.RegistryServerOptions.Quota;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers on one registry are one server. */
class ReplicasIT {
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final TestServer one = replica();
  private final TestServer other = replica();

  private TestServer replica() {
    return TestServer.over(
        new SharedRegistry(registry),
        options ->
            options
                .withTokens(Map.of("t", "ann", "u", "bob"))
                .withQuota(new Quota(2, 1, 10, 10, 100)));
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

  private static String checks(TestServer server) {
    return server.get(Protocol.CONSUL, "/v1/health/checks/web?token=t").body();
  }

  private InstanceStatus stored() {
    return registry.instances("web").toCompletableFuture().join().instances().get(0).status();
  }

  private static boolean say(TestServer server, String word) {
    String target = "/v1/agent/check/" + word + "/service:w1?token=t";
    return server.ask(Protocol.CONSUL, "PUT", target, "").statusCode() == 200;
  }

  private void registerWithTtlCheck() {
    String body =
        "{\"Name\":\"web\",\"ID\":\"w1\",\"Address\":\"10.0.0.1\",\"Port\":80,"
            + "\"Check\":{\"TTL\":\"60s\"}}";
    String register = "/v1/agent/service/register?token=t";
    assertEquals(200, one.ask(Protocol.CONSUL, "PUT", register, body).statusCode());
    Eventually.holds(() -> checks(other).contains("\"service:w1\""));
  }

  @ParameterizedTest
  @CsvSource({"pass,passing", "warn,warning", "fail,critical"})
  void what_a_ttl_check_says_to_one_shows_at_both(String word, String status) {
    registerWithTtlCheck();
    assertTrue(say(other, "pass"));
    assertTrue(say(other, word));
    String shown = "\"Status\":\"" + status + "\"";
    for (TestServer server : List.of(one, other)) {
      Eventually.holds(() -> checks(server).contains(shown));
    }
    List<String> passing = word.equals("pass") ? List.of("w1") : List.of();
    for (TestServer server : List.of(one, other)) {
      String list = server.get(Protocol.CONSUL, "/v1/health/service/web?passing=1&token=t").body();
      assertEquals(passing.size(), list.split("\"ServiceID\":\"w1\"", -1).length - 1, list);
    }
  }

  @Test
  void who_reports_to_one_and_the_other_in_turn_is_believed_by_both() {
    registerWithTtlCheck();
    assertTrue(say(one, "pass"));
    assertTrue(say(other, "fail"));
    Eventually.holds(() -> checks(one).contains("\"Status\":\"critical\""));
    assertTrue(say(one, "pass"));
    Eventually.holds(() -> checks(other).contains("\"Status\":\"passing\""));
    assertEquals(InstanceStatus.UP, stored());
  }

  @Test
  void a_check_that_is_polled_by_one_is_not_overruled_at_the_other() {
    String body =
        "{\"Name\":\"web\",\"ID\":\"w1\",\"Address\":\"10.0.0.1\",\"Port\":80,\"Checks\":["
            + "{\"CheckID\":\"service:w1\",\"TTL\":\"60s\"},"
            + "{\"CheckID\":\"h\",\"HTTP\":\"http://10.0.0.1/\",\"Interval\":\"1h\"}]}";
    one.ask(Protocol.CONSUL, "PUT", "/v1/agent/service/register?token=t", body);
    Eventually.holds(() -> checks(other).contains("\"service:w1\""));
    assertTrue(say(other, "pass"));
    Eventually.holds(() -> checks(one).contains("\"Status\":\"passing\""));
    Eventually.holds(() -> stored() == InstanceStatus.DOWN);
  }

  @Test
  void another_may_not_report() {
    registerWithTtlCheck();
    String target = "/v1/agent/check/pass/service:w1?token=u";
    assertEquals(403, other.ask(Protocol.CONSUL, "PUT", target, "").statusCode());
  }
}
