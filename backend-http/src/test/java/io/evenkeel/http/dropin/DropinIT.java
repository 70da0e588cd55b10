package io.evenkeel.http.dropin;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each system's server hears of a start and a stop, with nothing but its variables set. */
class DropinIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final Queue<RegistrationEvent> events = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void listen() {
    server.start();
    server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private String host() {
    return "127.0.0.1:" + server.port();
  }

  /** Starts, waits until it is registered, and closes. */
  private Registration live(Dropin dropin, Map<String, String> environment) throws Exception {
    try (Announcement announcement = dropin.listener(events::add).start(environment)) {
      return announcement
          .registered()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS)
          .orElseThrow();
    }
  }

  private List<String> heard() {
    return server.findAll(anyRequestedFor(anyUrl())).stream()
        .map(request -> request.getMethod() + " " + request.getUrl())
        .toList();
  }

  private LoggedRequest first() {
    return server.findAll(anyRequestedFor(anyUrl())).get(0);
  }

  private JsonNode body() throws Exception {
    return JSON.readTree(first().getBodyAsString());
  }

  private String line(String event) {
    return events.stream()
        .filter(told -> told.name().equals(event))
        .map(RegistrationEvent::line)
        .findFirst()
        .orElse("not told");
  }

  private void answer(String path, String json) {
    server.stubFor(
        post(urlPathEqualTo(path))
            .willReturn(
                WireMock.status(201)
                    .withHeader("Content-Type", "application/json")
                    .withBody(json)));
  }

  @Test
  void system_000_hears_a_registration_and_its_end() throws Exception {
    answer("/api/v1/registry/register", "{\"instance_id\":\"asr-1\"}");
    live(
        Dropin.configService(),
        Map.of(
            "CONFIG_SERVICE_URL", "http://" + host() + "/",
            "SERVICE_NAME", "asr",
            "SERVICE_PORT", "8087",
            "SERVICE_INSTANCE_ID", "asr-1"));
    assertEquals(
        List.of(
            "POST /api/v1/registry/register",
            "POST /api/v1/registry/deregister?service_name=asr&instance_id=asr-1"),
        heard());
    assertEquals("http://asr:8087", body().get("service_url").textValue());
    assertEquals("http://asr:8087/health", body().get("health_check_url").textValue());
    assertEquals("healthy", body().get("service_metadata").get("status").textValue());
    assertEquals("asr-1", body().get("service_metadata").get("instance_id").textValue());
  }

  @Test
  void system_001_hears_a_registration_and_its_end() throws Exception {
    live(
        Dropin.consulRegistry(),
        Map.of(
            "CONSUL_HOST", "127.0.0.1",
            "CONSUL_PORT", Integer.toString(server.port()),
            "CONSUL_HTTP_TOKEN", "canary"));
    String id = "backend-api-localhost-8000";
    assertEquals("PUT /v1/agent/service/register", heard().get(0));
    assertEquals("PUT /v1/agent/service/deregister/" + id, heard().get(heard().size() - 1));
    assertEquals("canary", first().getHeader("X-Consul-Token"));
    assertEquals(id, body().get("ID").textValue());
    assertEquals("[\"api\"]", body().get("Tags").toString());
    assertEquals("http://localhost:8000/health", body().get("Check").get("HTTP").textValue());
    assertEquals("10s", body().get("Check").get("Interval").textValue());
    assertEquals("5s", body().get("Check").get("Timeout").textValue());
    assertEquals("30s", body().get("Check").get("DeregisterCriticalServiceAfter").textValue());
  }

  private Registration servicekit() throws Exception {
    String url = "http://" + host();
    answer(
        "/services/$register",
        """
        {"id": "01M7", "status": "registered", "service_url": "http://svc:8000",
         "ttl_seconds": 30, "ping_url": "%s/services/01M7/$ping"}
        """
            .formatted(url));
    return live(
        Dropin.servicekit(),
        Map.of(
            "SERVICE_NAME", "svc",
            "SERVICEKIT_HOST", "svc",
            "SERVICEKIT_ORCHESTRATOR_URL", url + "/services/$register",
            "SERVICEKIT_REGISTRATION_KEY", "canary"));
  }

  @Test
  void system_002_hears_a_registration_and_its_end() throws Exception {
    Registration accepted = servicekit();
    assertEquals("01M7", accepted.serviceId());
    assertEquals(List.of("POST /services/$register", "DELETE /services/01M7"), heard());
    assertEquals("canary", first().getHeader("X-Service-Key"));
    assertEquals("http://svc:8000", body().get("url").textValue());
    assertEquals("svc-svc-8000", body().get("id").textValue());
    assertEquals("svc", body().get("info").get("display_name").textValue());
  }

  @Test
  void what_system_002_answered_is_told() throws Exception {
    servicekit();
    String url = "http://" + host();
    assertEquals(
        "registration.success orchestrator_url="
            + (url + "/services/$register service_url=http://svc:8000 attempt=1")
            + " status_code=201 service_id=01M7",
        line("registration.success"));
    assertEquals(
        "keepalive.started ping_url=" + url + "/services/01M7/$ping interval_seconds=10.0",
        line("keepalive.started"));
    assertEquals(
        "deregistration.success service_id=01M7 deregister_url="
            + (url + "/services/01M7 status_code=200"),
        line("deregistration.success"));
    assertTrue(events.stream().noneMatch(event -> event.line().contains("canary")));
  }

  @Test
  void system_003_hears_a_registration_and_its_end() throws Exception {
    answer("/register", "{\"instance_id\":\"a3a0\",\"service_name\":\"users\"}");
    Registration accepted =
        live(
            Dropin.heartbeat(),
            Map.of("REGISTRY_URL", "http://" + host(), "PORT", "8001", "SERVICE_NAME", "users"));
    assertEquals("a3a0", accepted.serviceId());
    assertEquals(List.of("POST /register", "DELETE /deregister/a3a0"), heard());
    assertEquals("users", body().get("service_name").textValue());
    assertEquals("http://localhost:8001", body().get("base_url").textValue());
  }

  @Test
  void system_004_hears_a_registration_and_its_end() throws Exception {
    Map<String, String> environment =
        Map.of(
            "SERVICE_REGISTRY_HOST", "127.0.0.1",
            "SERVICE_REGISTRY_PORT", Integer.toString(server.port()),
            "SERVICE_NAME", "ui");
    Registration accepted = live(Dropin.serviceDiscovery().port(3000).host("h"), environment);
    assertEquals("PUT /v1/agent/service/register", heard().get(0));
    assertEquals(
        "PUT /v1/agent/service/deregister/" + accepted.serviceId(),
        heard().get(heard().size() - 1));
    assertTrue(body().get("Tags").toString().contains("\"version=1.0.0\""));
    assertEquals("http://h:3000/health", body().get("Check").get("HTTP").textValue());
  }

  @Test
  void the_variables_of_a_system_are_enough_for_a_registry() throws Exception {
    server.stubFor(any(urlPathEqualTo("/services")).willReturn(okJson("{\"users\":{}}")));
    try (ServiceRegistry registry =
        Registries.fromEnvironment(Map.of("REGISTRY_URL", "http://" + host()))) {
      registry.services().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    assertEquals(List.of("GET /services"), heard());
  }
}
