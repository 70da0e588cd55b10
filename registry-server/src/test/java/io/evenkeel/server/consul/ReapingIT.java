package io.evenkeel.server.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code DeregisterCriticalServiceAfter}: a minute at least, and within Consul's 30 s after. */
class ReapingIT {
  private static final String HTTP = "'HTTP':'http://10.0.0.1/','Interval':'24h'"; // as if it hung
  private static final String AFTER = ",'DeregisterCriticalServiceAfter':";

  private final TimedConsul consul = new TimedConsul();

  @AfterEach
  void close() {
    consul.close();
  }

  private void register(String check) {
    String body = "{'Name':'web','Address':'10.0.0.1','Port':80,'Check':{" + check + "}}";
    assertEquals(
        200, consul.put("/v1/agent/service/register", body.replace('\'', '"')).statusCode());
  }

  private boolean isThere() {
    return !consul.harness().stored("web").isEmpty();
  }

  private boolean isShown() {
    return !consul.get("/v1/catalog/service/web").body().equals("[]");
  }

  @ParameterizedTest
  @CsvSource({"1s,60", "30s,60", "1m,60", "90s,90", "10m,600"})
  void one_that_is_critical_goes_after_its_time_and_no_sooner_than_a_minute(
      String after, int seconds) {
    register(HTTP + AFTER + "'" + after + "'");
    consul.elapse(Duration.ofSeconds(seconds - 1));
    assertTrue(isThere());
    consul.elapse(Duration.ofSeconds(31));
    assertFalse(isThere());
    assertFalse(isShown());
  }

  @Test
  void one_that_recovers_in_time_stays() {
    register("'TTL':'24h'" + AFTER + "'1m'");
    consul.elapse(Duration.ofSeconds(59));
    assertEquals(200, consul.put("/v1/agent/check/pass/service:web", "").statusCode());
    consul.elapse(Duration.ofMinutes(10));
    assertTrue(isThere());
  }

  @Test
  void one_without_the_option_stays_critical() {
    register(HTTP);
    consul.elapse(Duration.ofHours(2));
    assertTrue(isShown());
  }

  @Test
  void one_whose_ttl_has_run_out_is_critical_until_its_time_is_over() {
    register("'TTL':'10s','Status':'passing'" + AFTER + "'1m'");
    consul.elapse(Duration.ofSeconds(12));
    assertTrue(consul.get("/v1/health/checks/web").body().contains("TTL expired"));
    consul.elapse(Duration.ofSeconds(50));
    assertTrue(isShown());
    consul.elapse(Duration.ofSeconds(40));
    assertFalse(isShown());
  }

  @Test
  void one_that_a_registry_kept_over_a_restart_of_the_server_goes_too() {
    register(HTTP + AFTER + "'1m'");
    consul.restart();
    consul.elapse(Duration.ofSeconds(59));
    assertTrue(isThere());
    consul.elapse(Duration.ofSeconds(62)); // seen down within 30 s, reaped within 30 s
    assertFalse(isThere());
  }

  @Test
  void one_that_was_well_when_the_server_restarted_stays() {
    register(HTTP + ",'Status':'passing'" + AFTER + "'1m'");
    consul.restart();
    consul.elapse(Duration.ofMinutes(10));
    assertTrue(isThere());
  }

  @Test
  void a_ttl_that_runs_out_while_nobody_serves_ends_its_row() {
    register("'TTL':'10s','Status':'passing'" + AFTER + "'1m'");
    consul.restart();
    consul.elapse(Duration.ofSeconds(12));
    assertFalse(isThere());
  }
}
