package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines of system 000's own client; the others have their events' own. */
class EventLogTest {
  private final EventLog log = new EventLog(Profile.Kind.CONFIG_SERVICE, "asr", event -> {});

  private List<String> lines(String name, Object... fields) {
    return log.lines(RegistrationEvent.of(Level.INFO, name, fields));
  }

  @Test
  void a_registration_and_its_end_are_told_in_that_clients_words() {
    assertEquals(
        List.of("Registered asr with service registry as instance asr-1"),
        lines("registration.success", "service_id", "asr-1"));
    assertEquals(
        List.of("Deregistered asr from service registry"), lines("deregistration.success"));
  }

  @Test
  void the_first_failure_says_also_that_it_is_done_without() {
    assertEquals(
        List.of(
            "Service registry registration failed: away",
            "Service registry registration skipped/failed for asr"),
        lines("registration.attempt_failed", "attempt", 1, "max_retries", 0, "error", "away"));
    assertEquals(
        List.of("Service registry registration failed: away"),
        lines("registration.attempt_failed", "attempt", 2, "max_retries", 0, "error", "away"));
  }

  @Test
  void what_ends_it_is_told() {
    assertEquals(
        List.of("Service registry registration skipped/failed for asr"),
        lines("registration.failed", "attempts", 5));
    assertEquals(
        List.of("Service registry registration error: no port"),
        lines("registration.skipped", "reason", "no port"));
    assertEquals(
        List.of("Service registry deregistration failed: away"),
        lines("deregistration.failed", "error", "away"));
  }

  @Test
  void an_error_makes_no_second_line() {
    assertEquals(
        List.of("Service registry deregistration failed: a b"),
        lines("deregistration.failed", "error", "a\r\nb"));
  }

  @Test
  void other_systems_and_other_events_are_told_with_their_fields() {
    assertEquals(List.of("keepalive.started id=1"), lines("keepalive.started", "id", 1));
    EventLog other = new EventLog(Profile.Kind.SERVICEKIT, "svc", event -> {});
    RegistrationEvent success = RegistrationEvent.of(Level.INFO, "registration.success", "a", 1);
    assertEquals(List.of("registration.success a=1"), other.lines(success));
  }
}
