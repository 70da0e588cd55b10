package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is registered in one dialect, as the others show it. */
class SharedViewIT {
  private static final String CONFIG = "/api/v1/registry";

  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private String get(Protocol protocol, String path, String... headers) {
    return server.get(protocol, path, headers).body();
  }

  private void configure(String body) {
    assertEquals(
        201, server.post(Protocol.CONFIG_SERVICE, CONFIG + "/register", body).statusCode());
  }

  @Test
  void one_registration_is_seen_in_every_dialect() {
    configure(
        "{\"service_name\":\"asr\",\"service_url\":\"http://asr:8087\","
            + "\"service_metadata\":{\"instance_id\":\"asr-1\",\"status\":\"healthy\",\"team\":\"a\"}}");
    String heartbeat = get(Protocol.HEARTBEAT, "/services/asr");
    assertTrue(heartbeat.contains("\"instance_id\":\"asr~asr-1\""), heartbeat);
    assertTrue(heartbeat.contains("\"base_url\":\"http://asr:8087\""), heartbeat);
    String orchestrator = get(Protocol.ORCHESTRATOR, "/services/asr~asr-1");
    assertTrue(orchestrator.contains("\"display_name\":\"asr\""), orchestrator);
    assertTrue(orchestrator.contains("\"meta.team\":\"a\""), orchestrator);
    assertTrue(get(Protocol.ADMIN, "/sd").contains("\"asr:8087\""));
  }

  @Test
  void a_heartbeat_registration_can_be_addressed_elsewhere() {
    String body = "{\"service_name\":\"users\",\"base_url\":\"https://u.example/api\"}";
    server.post(Protocol.HEARTBEAT, "/register", body);
    assertEquals(
        "{\"url\":\"https://u.example:443\"}",
        get(Protocol.CONFIG_SERVICE, CONFIG + "/services/users/url"));
    assertTrue(get(Protocol.ORCHESTRATOR, "/services").startsWith("{\"count\":1,"));
    assertTrue(get(Protocol.HEARTBEAT, "/services").contains("https://u.example/api\""));
  }

  @Test
  void an_orchestrated_service_is_named_after_what_it_says_of_itself() {
    String body = "{\"url\":\"http://s:1\",\"info\":{\"display_name\":\"My Söice 2\"}}";
    assertEquals(201, server.post(Protocol.ORCHESTRATOR, "/services/$register", body).statusCode());
    assertTrue(get(Protocol.HEARTBEAT, "/services").startsWith("{\"my-s-ice-2\":"));
  }

  @Test
  void what_has_no_address_is_shown_where_it_was_registered_and_nowhere_else() {
    configure(
        "{\"service_name\":\"odd\",\"service_url\":\"grpc+unix:/x\","
            + "\"service_metadata\":{\"instance_id\":\"1\",\"status\":\"healthy\"}}");
    String url = get(Protocol.CONFIG_SERVICE, CONFIG + "/services/odd/url");
    assertEquals("{\"url\":\"grpc+unix:/x\"}", url);
    assertEquals("{}", get(Protocol.HEARTBEAT, "/services", "Evenkeel-View", "all"));
    assertEquals("{\"count\":0,\"services\":[]}", get(Protocol.ORCHESTRATOR, "/services"));
    assertEquals(404, server.get(Protocol.ORCHESTRATOR, "/services/odd~1").statusCode());
    assertEquals("[]", get(Protocol.ADMIN, "/sd"));
  }

  @Test
  void an_orchestrated_url_that_is_none_stays_in_its_own_list() {
    server.post(Protocol.ORCHESTRATOR, "/services/$register", "{\"url\":\"\",\"info\":{}}");
    assertTrue(get(Protocol.ORCHESTRATOR, "/services").startsWith("{\"count\":1,"));
    assertEquals("[]", get(Protocol.CONFIG_SERVICE, CONFIG + "/services/unnamed"));
  }

  private void registerPastTheServer(ServiceInstance instance) throws Exception {
    server
        .registry()
        .register(instance, new Lease(Duration.ofSeconds(60), 1))
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @Test
  void only_what_takes_traffic_is_listed_unless_all_is_asked_for() throws Exception {
    registerPastTheServer(
        ServiceInstance.builder("orders", "10.0.0.1", 80)
            .id("a")
            .status(InstanceStatus.DRAINING)
            .build());
    registerPastTheServer(ServiceInstance.builder("orders", "10.0.0.2", 80).id("b").build());
    Eventually.holds(() -> get(Protocol.HEARTBEAT, "/services/orders").contains("10.0.0.2"));
    assertFalse(get(Protocol.HEARTBEAT, "/services/orders").contains("10.0.0.1"));
    assertTrue(
        get(Protocol.HEARTBEAT, "/services/orders", "Evenkeel-View", "all").contains("10.0.0.1"));
    assertFalse(get(Protocol.ORCHESTRATOR, "/services").contains("10.0.0.1"));
    assertTrue(get(Protocol.CONFIG_SERVICE, CONFIG + "/services/orders").contains("\"stopping\""));
  }

  @Test
  void what_a_check_finds_decides_what_every_dialect_answers() {
    String body =
        "{'Name':'web','Address':'127.0.0.1','Port':9,"
            + "'Check':{'HTTP':'http://127.0.0.1:9/','Interval':'1s','Status':'passing'}}";
    String register = "/v1/agent/service/register";
    server.ask(Protocol.CONSUL, "PUT", register, body.replace('\'', '"'));
    String url = CONFIG + "/services/web/url";
    assertEquals("{\"url\":\"http://127.0.0.1:9\"}", get(Protocol.CONFIG_SERVICE, url));
    Eventually.holds(() -> server.get(Protocol.CONFIG_SERVICE, url).statusCode() == 404);
    assertEquals("[]", get(Protocol.CONSUL, "/v1/health/service/web?passing"));
    assertTrue(get(Protocol.CONSUL, "/v1/health/service/web").contains("critical"));
    assertEquals(404, server.get(Protocol.HEARTBEAT, "/services/web").statusCode());
    assertEquals("{\"count\":0,\"services\":[]}", get(Protocol.ORCHESTRATOR, "/services"));
  }

  @Test
  void a_record_comes_back_as_it_was_sent() {
    String metadata =
        "{\"instance_id\":\"1\",\"n\":[1,2.5,null,{\"k\":\"Grüße \uD83D\uDE80\"}],\"\":\"\",\"c\":\"\\u0001\\u0085\"}";
    configure(
        "{\"service_name\":\"x\",\"service_url\":\"http://x\",\"service_metadata\":"
            + metadata
            + "}");
    String service = get(Protocol.CONFIG_SERVICE, CONFIG + "/services");
    assertTrue(service.contains("Grüße \uD83D\uDE80"), service);
    assertTrue(service.contains("\"n\":[1,2.5,null,{"), service);
  }

  @Test
  void a_record_that_is_too_long_is_refused() {
    String body =
        "{\"service_name\":\"x\",\"service_url\":\"http://x\",\"service_metadata\":{\"k\":\""
            + "x".repeat(31_000)
            + "\"}}";
    assertEquals(
        422, server.post(Protocol.CONFIG_SERVICE, CONFIG + "/register", body).statusCode());
  }

  @Test
  void a_long_record_and_many_pairs_fit() {
    StringBuilder pairs = new StringBuilder("\"long\":\"" + "x".repeat(25_000) + "\"");
    for (int i = 0; i < 60; i++) {
      pairs.append(",\"k" + i + "\":\"v\"");
    }
    configure(
        "{\"service_name\":\"x\",\"service_url\":\"http://x\",\"service_metadata\":{"
            + pairs
            + "}}");
  }
}
