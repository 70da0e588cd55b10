package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the admin listener tells. */
class AdminIT {
  private static final String BODY =
      "{\"service_name\":\"secret-name\",\"base_url\":\"http://10.0.0.1:80\"}";

  @Test
  void metrics_count_requests_and_name_no_instance() {
    try (TestServer server = TestServer.start()) {
      server.post(Protocol.HEARTBEAT, "/register", BODY);
      server.ask(Protocol.HEARTBEAT, "BREW", "/coffee", "");
      String metrics = server.get(Protocol.ADMIN, "/metrics").body();
      assertTrue(
          metrics.contains(
              "evenkeel_server_requests_seconds_count"
                  + "{dialect=\"heartbeat\",method=\"POST\",status=\"2xx\"} 1"),
          metrics);
      assertTrue(metrics.contains("method=\"other\",status=\"4xx\"} 1"), metrics);
      assertTrue(metrics.contains("evenkeel_server_instances 1"), metrics);
      assertFalse(metrics.contains("secret-name") || metrics.contains("BREW"), metrics);
    }
  }

  @Test
  void prometheus_finds_the_instances() {
    try (TestServer server = TestServer.start()) {
      server.post(Protocol.HEARTBEAT, "/register", BODY);
      String found = server.get(Protocol.ADMIN, "/sd?service=secret-name").body();
      assertTrue(found.startsWith("[{\"targets\":[\"10.0.0.1:80\"],\"labels\":{"), found);
      assertTrue(found.contains("\"__meta_evenkeel_service\":\"secret-name\""), found);
      assertEquals("[]", server.get(Protocol.ADMIN, "/sd?service=other").body());
    }
  }

  @Test
  void a_server_that_has_just_started_empty_says_so() {
    try (TestServer server = TestServer.start(options -> options.withWarmUp(Duration.ofHours(1)))) {
      assertNotYet(server.get(Protocol.ADMIN, "/ready"));
      assertNotYet(server.get(Protocol.HEARTBEAT, "/services"));
      assertNotYet(server.get(Protocol.HEARTBEAT, "/services/a"));
      assertNotYet(server.get(Protocol.ORCHESTRATOR, "/services"));
      assertNotYet(server.get(Protocol.CONFIG_SERVICE, "/api/v1/registry/services/a/url"));
      assertEquals(200, server.get(Protocol.ADMIN, "/health").statusCode());
      assertEquals(201, server.post(Protocol.HEARTBEAT, "/register", BODY).statusCode());
    }
  }

  private static void assertNotYet(HttpResponse<String> answer) {
    assertEquals(503, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
  }

  @Test
  void a_server_that_knows_its_registry_is_ready() {
    try (TestServer server = TestServer.start()) {
      assertEquals(200, server.get(Protocol.ADMIN, "/ready").statusCode());
    }
  }
}
