package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationTest {
  private static final ServiceInstance WEB =
      ServiceInstance.builder("web", "10.0.0.1", 8080).id("a").build();
  private static final Lease LEASE = new Lease(Duration.ofSeconds(90), 1);
  private static final String TTL_CHECK =
      """
      {"CheckID":"service:web~a","TTL":"90s","Status":"passing","DeregisterCriticalServiceAfter":"1m"}""";

  private static JsonNode body(ServiceInstance instance, Map<String, String> parameters) {
    boolean plain = parameters.getOrDefault("ids", "").equals("plain");
    return new Registration(new WireIds(plain), CheckOptions.read(parameters))
        .body(instance, LEASE);
  }

  private static String check(ServiceInstance instance, Map<String, String> parameters) {
    return body(instance, parameters).path("Check").toString();
  }

  @Test
  void a_plain_instance_is_a_service_under_a_ttl_check() {
    String expected =
        """
        {"Name":"web","ID":"web~a","Address":"10.0.0.1","Port":8080,"Tags":[],\
        "Meta":{"evenkeel-id":"a"},"Weights":{"Passing":1,"Warning":1},"Check":%s}"""
            .formatted(TTL_CHECK);
    assertEquals(expected, body(WEB, Map.of()).toString());
  }

  @Test
  void what_consul_has_no_place_for_travels_in_the_meta() {
    ServiceInstance full =
        WEB.toBuilder()
            .scheme("https")
            .zone("z")
            .version("1.2")
            .status(InstanceStatus.DRAINING)
            .healthCheck(HealthCheck.http("/health"))
            .metadata("team", "x")
            .build();
    String expected =
        """
        {"team":"x","evenkeel-zone":"z","evenkeel-version":"1.2","evenkeel-scheme":"https",\
        "evenkeel-status":"DRAINING","evenkeel-health":"http 10000 5000 /health","evenkeel-id":"a"}""";
    assertEquals(expected, body(full, Map.of()).path("Meta").toString());
  }

  @Test
  void a_weight_of_0_is_1_to_consul_and_0_in_the_meta() {
    JsonNode body = body(WEB.toBuilder().weight(0).build(), Map.of("ids", "plain"));
    assertEquals("{\"Passing\":1,\"Warning\":1}", body.path("Weights").toString());
    assertEquals("{\"evenkeel-weight\":\"0\"}", body.path("Meta").toString());
  }

  @Test
  void any_other_weight_is_the_passing_one() {
    JsonNode body = body(WEB.toBuilder().weight(7).tag("blue").build(), Map.of());
    assertEquals("{\"Passing\":7,\"Warning\":1}", body.path("Weights").toString());
    assertEquals("[\"blue\"]", body.path("Tags").toString());
  }

  @Test
  void a_plain_id_is_sent_as_it_is() {
    JsonNode body = body(WEB, Map.of("ids", "plain"));
    assertEquals("a", body.path("ID").asText());
    assertEquals("service:a", body.path("Check").path("CheckID").asText());
    assertEquals("{}", body.path("Meta").toString());
  }

  @Test
  void with_check_http_the_agent_asks_the_path_of_the_instance_and_there_is_no_lease() {
    HealthCheck own = new HealthCheck.Http("/up", Duration.ofSeconds(2), Duration.ofMillis(1500));
    ServiceInstance instance =
        ServiceInstance.builder("web", "2001:db8::1", 8443).healthCheck(own).build();
    String expected =
        """
        {"HTTP":"http://[2001:db8::1]:8443/up","Interval":"2s","Timeout":"1500ms",\
        "DeregisterCriticalServiceAfter":"1m"}""";
    assertEquals(expected, check(instance, Map.of("check", "http")));
  }

  @Test
  void a_check_by_url_is_that_url() {
    ServiceInstance instance =
        WEB.toBuilder().healthCheck(HealthCheck.http("http://10.0.0.9/x")).build();
    JsonNode check = body(instance, Map.of("check", "http")).path("Check");
    assertEquals("http://10.0.0.9/x", check.path("HTTP").asText());
  }

  @Test
  void an_instance_without_a_check_is_asked_what_the_options_say() {
    Map<String, String> options =
        Map.of("check", "http", "check-path", "/ok", "check-interval", "5s", "check-timeout", "1s");
    String expected =
        """
        {"HTTP":"http://10.0.0.1:8080/ok","Interval":"5s","Timeout":"1s",\
        "DeregisterCriticalServiceAfter":"1m"}""";
    assertEquals(expected, check(WEB, options));
    JsonNode usual = body(WEB, Map.of("check", "http")).path("Check");
    assertEquals("http://10.0.0.1:8080/health", usual.path("HTTP").asText());
  }

  @Test
  void with_both_there_are_two_checks() {
    ServiceInstance tcp = WEB.toBuilder().healthCheck(HealthCheck.tcp()).build();
    String expected =
        """
        [%s,{"TCP":"10.0.0.1:8080","Interval":"10s","Timeout":"5s","DeregisterCriticalServiceAfter":"1m"}]"""
            .formatted(TTL_CHECK);
    assertEquals(expected, body(tcp, Map.of("check", "both")).path("Checks").toString());
  }

  @Test
  void with_both_an_instance_that_names_no_check_has_its_lease() {
    assertEquals(TTL_CHECK, check(WEB, Map.of("check", "both")));
  }

  @Test
  void deregistration_after_being_critical_can_be_later() {
    JsonNode check = body(WEB, Map.of("deregister-after", "1h30m")).path("Check");
    assertEquals("90m", check.path("DeregisterCriticalServiceAfter").asText());
  }

  @ParameterizedTest
  @CsvSource({
    "check, tcp",
    "check-interval, 0s",
    "check-timeout, 11s",
    "check-path, x",
    "deregister-after, 1d"
  })
  void options_that_are_not_understood_are_refused(String name, String value) {
    Map<String, String> options = new HashMap<>(Map.of("check", "http"));
    options.put(name, value);
    assertThrows(IllegalArgumentException.class, () -> CheckOptions.read(options));
  }
}
