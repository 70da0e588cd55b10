package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ScriptedRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class DropinTest {
  private static final Duration PINGS = Duration.ofSeconds(12); // the next one has come by then

  private final ManualTime time = ManualTime.start();
  private final List<RegistrationEvent> events = new ArrayList<>();
  private final ScriptedRegistry registry = ScriptedRegistry.create(time, Capability.RENEW);

  private Dropin servicekit() {
    return Dropin.servicekit()
        .serviceName("svc")
        .host("h")
        .instanceId("svc-1")
        .registry("http://o:9000/services/$register")
        .autoDeregister(true)
        .machine(new NamedMachine("box", "10.0.0.1"))
        .scheduler(time)
        .listener(events::add)
        .connector(uri -> registry);
  }

  private static Announcement start(Dropin dropin) {
    return dropin.start(Map.of());
  }

  private List<String> lines() {
    List<String> lines = events.stream().map(RegistrationEvent::line).toList();
    events.clear();
    return lines;
  }

  private List<String> names() {
    List<String> names = events.stream().map(RegistrationEvent::name).toList();
    events.clear();
    return names;
  }

  private static Optional<Registration> outcome(Announcement announcement) {
    return announcement.registered().toCompletableFuture().join();
  }

  @Test
  void a_life_without_trouble_is_told_in_order() {
    Announcement announcement = start(servicekit());
    time.advance(PINGS);
    announcement.close();
    assertEquals(
        List.of(
            "registration.starting orchestrator_url=http://o:9000/services/$register"
                + " service_url=http://h:8000 host_source=parameter port_source=default"
                + " max_retries=5",
            "registration.success orchestrator_url=http://o:9000/services/$register"
                + " service_url=http://h:8000 attempt=1 service_id=svc-1",
            "keepalive.started interval_seconds=10.0",
            "keepalive.task_started",
            "keepalive.ping_success service_id=svc-1",
            "keepalive.cancelled",
            "keepalive.task_stopped",
            "deregistration.success service_id=svc-1"),
        lines());
  }

  @Test
  void what_was_accepted_is_told() {
    Registration accepted = outcome(start(servicekit())).orElseThrow();
    assertEquals(
        new Registration(
            "svc-1",
            "http://h:8000",
            "http://o:9000/services/$register",
            Duration.ofSeconds(30),
            null),
        accepted);
  }

  @Test
  void started_again_it_is_announced_once_and_says_so() {
    Dropin dropin = servicekit();
    Announcement first = start(dropin);
    events.clear();
    assertSame(first, start(dropin));
    assertEquals(List.of("keepalive.already_running"), lines());
    assertEquals(1, registry.calls().size());
  }

  @Test
  void five_attempts_two_seconds_apart_are_all_there_are() {
    registry.thenIsAway(5);
    Announcement announcement = start(servicekit());
    time.advance(Duration.ofMillis(7_999));
    assertEquals(4, registry.calls().size());
    time.advance(Duration.ofHours(1));
    assertEquals(5, registry.calls().size());
    assertEquals(RegistrarState.FAILED, announcement.state());
    assertEquals(Optional.empty(), outcome(announcement));
    assertTrue(registry.isClosed());
  }

  @Test
  void failed_attempts_are_told_one_by_one() {
    registry.thenIsAway(2);
    start(servicekit().attempts(2));
    time.advance(PINGS);
    assertEquals(
        List.of(
            "registration.attempt_failed attempt=1 max_retries=2 error=away error_type=Unavailable",
            "registration.retrying retry_delay=2.0 next_attempt=2",
            "registration.attempt_failed attempt=2 max_retries=2 error=away error_type=Unavailable",
            "registration.failed attempts=2 last_error=away"),
        lines().subList(1, 5));
  }

  @Test
  void fail_on_error_fails_the_start() {
    registry.thenIsAway(5);
    Announcement announcement = start(servicekit().failOnError(true));
    time.advance(PINGS);
    Throwable error =
        assertThrows(CompletionException.class, () -> outcome(announcement)).getCause();
    assertInstanceOf(IllegalStateException.class, error);
    assertEquals("Failed to register service after 5 attempts: away", error.getMessage());
    assertInstanceOf(RegistryException.Unavailable.class, error.getCause());
  }

  @Test
  void without_a_limit_it_is_tried_until_it_works() {
    registry.thenIsAway(100);
    Announcement announcement = start(servicekit().attempts(0));
    time.advance(Duration.ofSeconds(199));
    assertEquals(RegistrarState.RETRYING, announcement.state());
    time.advance(Duration.ofSeconds(2));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
    assertTrue(names().contains("registration.success"));
  }

  @Test
  void nothing_to_register_with_is_told_and_is_no_failure() {
    Announcement announcement = start(servicekit().registry(""));
    assertEquals(
        List.of(
            "registration.missing_orchestrator_url env_var=SERVICEKIT_ORCHESTRATOR_URL",
            "registration.skipped reason=\"missing orchestrator URL\""),
        lines());
    assertEquals(Optional.empty(), outcome(announcement));
    assertEquals(RegistrarState.FAILED, announcement.state());
    announcement.close();
  }

  @Test
  void nothing_to_register_with_fails_on_error() {
    Announcement announcement = start(servicekit().registry("").failOnError(true));
    assertInstanceOf(
        IllegalArgumentException.class,
        assertThrows(CompletionException.class, () -> outcome(announcement)).getCause());
  }

  @Test
  void what_the_registry_lost_is_registered_again_at_once() {
    start(servicekit());
    registry.thenAnswers(Renewal.UNKNOWN);
    events.clear();
    time.advance(PINGS);
    assertEquals(
        List.of(
            "keepalive.service_not_found grace_period=0.0",
            "keepalive.re_registered service_id=svc-1"),
        lines());
  }

  @Test
  void with_a_grace_it_is_registered_again_after_it() {
    Announcement announcement = start(servicekit().reRegisterAfter(Duration.ofSeconds(30)));
    registry.thenAnswers(Renewal.UNKNOWN);
    events.clear();
    time.advance(PINGS);
    assertEquals(List.of("keepalive.service_not_found grace_period=30.0"), lines());
    assertEquals(RegistrarState.RETRYING, announcement.state());
    time.advance(Duration.ofSeconds(26)); // 30 s after the ping, which came 9 to 11 s in
    assertEquals(List.of(), names());
    time.advance(Duration.ofSeconds(4));
    assertEquals(List.of("keepalive.re_registered"), names());
    assertEquals(List.of("register", "renew", "register"), registry.names());
  }

  @Test
  void after_a_failed_ping_it_registers_until_that_works() {
    start(servicekit());
    registry.thenIsAway(2);
    events.clear();
    time.advance(Duration.ofSeconds(16)); // a ping within 11 s, then twice 2 s
    assertEquals(
        List.of(
            "keepalive.ping_failed error=away error_type=Unavailable",
            "keepalive.re_registration_failed error=away error_type=Unavailable",
            "keepalive.re_registered service_id=svc-1"),
        lines());
  }

  @Test
  void who_took_the_id_over_ends_the_keep_alive() {
    Announcement announcement = start(servicekit());
    registry.thenFails(new RegistryException.Superseded("taken", 7));
    events.clear();
    time.advance(Duration.ofMinutes(1));
    assertEquals(List.of("keepalive.ping_failed", "keepalive.task_stopped"), names());
    assertEquals(RegistrarState.SUPERSEDED, announcement.state());
  }

  @Test
  void without_a_keep_alive_nothing_is_sent_and_the_lease_is_as_long_as_may_be() {
    Announcement announcement = start(servicekit().keepAlive(Duration.ZERO));
    time.advance(Duration.ofHours(23));
    assertEquals(List.of("register"), registry.names());
    assertEquals(Lease.MAX_TTL, registry.last().ttl());
    assertFalse(names().contains("keepalive.started"));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
  }

  @Test
  void a_ping_by_hand_is_sent_also_without_a_keep_alive() {
    Announcement announcement = start(servicekit().keepAlive(Duration.ZERO));
    assertEquals(Renewal.RENEWED, announcement.ping().toCompletableFuture().join());
    assertEquals(List.of("register", "renew"), registry.names());
  }

  @Test
  void a_ping_by_hand_that_finds_nothing_registers_again() {
    Announcement announcement = start(servicekit().keepAlive(Duration.ZERO));
    registry.thenAnswers(Renewal.UNKNOWN);
    assertEquals(Renewal.UNKNOWN, announcement.ping().toCompletableFuture().join());
    assertEquals(List.of("register", "renew", "register"), registry.names());
  }

  @Test
  void without_auto_deregister_the_registry_hears_nothing_of_the_end() {
    Announcement announcement = start(servicekit().autoDeregister(false));
    announcement.close();
    assertEquals(List.of("register"), registry.names());
    assertEquals(RegistrarState.DEREGISTERED, announcement.state());
    assertTrue(registry.isClosed());
  }

  @Test
  void deregistering_by_hand_is_sent_whatever_the_habit() {
    Announcement announcement = start(servicekit().autoDeregister(false));
    assertTrue(announcement.deregister().toCompletableFuture().join());
    assertEquals(List.of("register", "deregister"), registry.names());
  }

  @Test
  void what_was_gone_before_is_a_failed_deregistration() {
    Announcement announcement = start(servicekit());
    registry.thenAnswers(false);
    events.clear();
    announcement.close();
    assertEquals(
        "deregistration.failed error=\"svc-1: the registry did not have it\" error_type=NotFound",
        lines().get(2));
  }

  @Test
  void closed_before_it_was_registered_it_sends_no_deregistration() {
    registry.thenIsAway(1);
    Announcement announcement = start(servicekit());
    announcement.close();
    assertEquals(List.of("register"), registry.names());
    assertEquals(Optional.empty(), outcome(announcement));
    assertTrue(names().contains("registration.aborted"));
  }

  @Test
  void a_listener_that_throws_disturbs_nothing() {
    Announcement announcement =
        start(
            servicekit()
                .listener(
                    event -> {
                      throw new IllegalStateException(event.name());
                    }));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
  }

  @Test
  void a_changed_payload_is_announced() {
    Announcement announcement = start(servicekit());
    announcement.update(instance -> instance.toBuilder().weight(3).build());
    assertEquals(3, registry.last().weight());
  }

  @Test
  void system_000_announces_again_to_stay_alive() {
    ScriptedRegistry plain = ScriptedRegistry.create(time);
    start(Dropin.configService().scheduler(time).connector(uri -> plain).listener(events::add));
    time.advance(Duration.ofSeconds(34));
    assertEquals(List.of("register", "register"), plain.names());
    assertEquals("keepalive.ping_success", events.get(events.size() - 1).name());
  }
}
