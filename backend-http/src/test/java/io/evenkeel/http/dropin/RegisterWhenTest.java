package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Capability;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ScriptedRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RegisterWhenTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ManualTime time = ManualTime.start();
  private final List<String> events = new ArrayList<>();
  private final ScriptedRegistry registry = ScriptedRegistry.create(time, Capability.RENEW);
  private CompletionStage<Boolean> answer = CompletableFuture.completedStage(false);
  private int asked;

  private Dropin dropin() {
    return Dropin.servicekit()
        .serviceName("svc")
        .host("h")
        .registry("http://o:9000/services/$register")
        .machine(new NamedMachine("box", "10.0.0.1"))
        .scheduler(time)
        .listener(event -> events.add(event.name()))
        .connector(uri -> registry);
  }

  private Announcement start() {
    return dropin().registerWhen(this::answers, LIMIT).start(Map.of());
  }

  private CompletionStage<Boolean> answers() {
    asked++;
    return answer;
  }

  @Test
  void nothing_is_registered_before_the_service_answers() {
    Announcement announcement = start();
    time.advance(Duration.ofSeconds(10));
    assertEquals(21, asked); // at once, and every half second
    assertEquals(RegistrarState.STARTING, announcement.state());
    answer = CompletableFuture.completedStage(true);
    time.advance(Duration.ofSeconds(1));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
    assertEquals(22, asked);
  }

  @Test
  void a_probe_that_fails_is_asked_again() {
    answer = CompletableFuture.failedStage(new IllegalStateException("not yet"));
    Announcement announcement = start();
    time.advance(Duration.ofSeconds(1));
    answer = CompletableFuture.completedStage(true);
    time.advance(Duration.ofSeconds(1));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
  }

  @Test
  void one_that_never_answers_is_given_up_and_asked_again() {
    answer = new CompletableFuture<>();
    Announcement announcement = start();
    time.advance(LIMIT.plusSeconds(1));
    assertTrue(events.contains("registration.readiness_timeout"), events::toString);
    assertTrue(events.contains("registration.attempt_failed"), events::toString);
    answer = CompletableFuture.completedStage(true);
    time.advance(Duration.ofSeconds(5));
    assertEquals(RegistrarState.REGISTERED, announcement.state());
  }

  @Test
  void one_that_was_closed_meanwhile_is_not_registered() {
    Announcement announcement = start();
    announcement.close(); // at once: it is not the service that is waited for
    assertTrue(events.contains("registration.aborted"), events::toString);
    answer = CompletableFuture.completedStage(true);
    time.advance(Duration.ofSeconds(10));
    assertFalse(events.contains("registration.success"), events::toString);
  }

  @Test
  void a_limit_out_of_bounds_is_refused() {
    for (Duration limit : List.of(Duration.ZERO, Duration.ofHours(2))) {
      assertThrows(
          IllegalArgumentException.class, () -> dropin().registerWhen(this::answers, limit));
    }
  }
}
