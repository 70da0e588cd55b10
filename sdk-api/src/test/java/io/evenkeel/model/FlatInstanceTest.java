package io.evenkeel.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlatInstanceTest {
  private static ServiceInstance.Builder orders() {
    return ServiceInstance.builder("orders", "2001:db8::1", 8443);
  }

  @Test
  void every_field_comes_back() {
    ServiceInstance full =
        orders()
            .id("orders-1")
            .scheme("https")
            .weight(0)
            .zone("zone-a")
            .version("1.2.3")
            .tags(List.of("blue", "a,b", "100%2C"))
            .metadata("team", "check=out")
            .status(InstanceStatus.DRAINING)
            .healthCheck(
                new HealthCheck.Http("/a b", Duration.ofSeconds(3), Duration.ofMillis(250)))
            .build();
    assertEquals(full, FlatInstance.read(FlatInstance.write(full)));
  }

  @Test
  void a_tcp_check_comes_back() {
    ServiceInstance tcp = orders().healthCheck(HealthCheck.tcp()).build();
    assertEquals(tcp, FlatInstance.read(FlatInstance.write(tcp)));
  }

  @Test
  void what_has_its_default_is_left_out() {
    assertEquals(
        Map.of("service", "orders", "id", "a", "host", "2001:db8::1", "port", "8443"),
        FlatInstance.write(orders().id("a").build()));
  }

  @Test
  void what_is_not_known_is_ignored() {
    Map<String, String> pairs =
        Map.of("service", "orders", "host", "h", "port", "80", "colour", "green");
    assertEquals(ServiceInstance.builder("orders", "h", 80).build(), FlatInstance.read(pairs));
  }

  @ParameterizedTest
  @CsvSource({
    "port, many",
    "port, ''",
    "weight, 1.5",
    "status, up",
    "health, /health",
    "health, tcp 1",
    "health, http x 1 /h",
    "scheme, 'no scheme'"
  })
  void what_cannot_be_is_refused(String key, String value) {
    Map<String, String> pairs = FlatInstance.write(orders().build());
    pairs.put(key, value);
    assertThrows(IllegalArgumentException.class, () -> FlatInstance.read(pairs));
  }
}
