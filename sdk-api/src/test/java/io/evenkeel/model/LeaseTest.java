package io.evenkeel.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"PT1S", "PT15S", "PT24H"})
  void a_ttl_is_a_second_to_a_day(String ttl) {
    assertDoesNotThrow(() -> new Lease(Duration.parse(ttl), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000000001S", "PT0.999S", "PT24H0.001S", "PT1E"})
  void another_ttl_is_refused(String text) {
    Duration ttl = text.equals("PT1E") ? Duration.ofSeconds(Long.MAX_VALUE) : Duration.parse(text);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Lease(ttl, 0));
    assertEquals("ttl: " + ttl + " (expected: 1 s..24 h)", refused.getMessage());
  }

  @Test
  void a_negative_incarnation_is_refused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new Lease(Duration.ofSeconds(1), -1));
    assertEquals("incarnation: -1 (expected: >= 0)", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "health", "ftp://x/", "file:///etc/passwd", "http://", "/a\r\nb"})
  void a_check_of_something_else_than_a_path_or_url_is_refused(String target) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> HealthCheck.http(target));
    assertTrue(refused.getMessage().startsWith("healthCheck.target: "), refused.getMessage());
  }

  @Test
  void a_check_comes_at_least_every_day_and_ends_before_the_next() {
    Duration ten = Duration.ofSeconds(10);
    assertThrows(
        IllegalArgumentException.class, () -> new HealthCheck.Tcp(Duration.ofMillis(999), ten));
    assertThrows(IllegalArgumentException.class, () -> new HealthCheck.Tcp(ten, ten.plusMillis(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new HealthCheck.Http("/h", ten, Duration.ZERO));
    assertDoesNotThrow(() -> new HealthCheck.Tcp(ten, ten));
  }
}
