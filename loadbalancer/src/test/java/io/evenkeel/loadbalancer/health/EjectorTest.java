package io.evenkeel.loadbalancer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.testkit.ScriptedRandom;
import io.evenkeel.time.Randomness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EjectorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Outcome UNREACHABLE = Outcome.unreachable(new ConnectException());

  private final EjectionOptions options = EjectionOptions.defaults();
  private final EndpointHealth health = EndpointHealth.unknown(options);

  @Test
  void five_failures_in_a_row_eject() {
    Ejector ejector = exact();
    fail(health, 4);
    ejector.judge(List.of(health), 0);
    assertFalse(health.isEjected());
    fail(health, 1);
    assertEquals(30 * SECOND, ejector.judge(List.of(health), 0));
    assertTrue(health.isEjected());
  }

  @Test
  void timeouts_and_overload_count_as_failures() {
    fail(health, 3);
    health.record(Outcome.timeout(), -1, 0);
    assertTrue(health.record(Outcome.overload(Duration.ZERO), -1, 0));
  }

  @Test
  void an_endpoint_that_cannot_be_reached_is_suspect_at_once() {
    assertTrue(health.record(UNREACHABLE, -1, 0));
  }

  @Test
  void a_success_resets_the_count() {
    fail(health, 4);
    health.record(Outcome.success(), -1, 0);
    fail(health, 4);
    exact().judge(List.of(health), 0);
    assertFalse(health.isEjected());
  }

  @Test
  void what_was_cancelled_or_failed_on_our_side_does_not_hurt() {
    for (int i = 0; i < 100; i++) {
      assertFalse(health.record(Outcome.cancelled(), -1, 0));
      assertFalse(health.record(Outcome.local(new ConnectException()), -1, 0));
    }
    exact().judge(List.of(health), 0);
    assertFalse(health.isEjected());
  }

  @Test
  void what_was_cancelled_does_not_excuse_either() {
    fail(health, 4);
    health.record(Outcome.cancelled(), -1, 0);
    assertTrue(health.record(Outcome.failure(null), -1, 0));
  }

  @Test
  void one_suspicion_is_told_once_however_many_failures_follow() {
    assertTrue(health.record(UNREACHABLE, -1, 0));
    for (int i = 0; i < 100; i++) {
      assertFalse(health.record(UNREACHABLE, -1, 0));
    }
  }

  @Test
  void an_ejected_endpoint_that_fails_on_asks_for_nothing() {
    health.record(UNREACHABLE, -1, 0);
    exact().judge(List.of(health), 0);
    for (int i = 0; i < 100; i++) {
      assertFalse(health.record(Outcome.failure(null), -1, 0));
    }
  }

  @Test
  void a_tenth_of_the_endpoints_is_ejected_at_most() {
    List<EndpointHealth> all = suspects(30);
    exact().judge(all, 0);
    assertEquals(3, ejected(all));
  }

  @Test
  void one_endpoint_may_always_be_ejected() {
    List<EndpointHealth> all = suspects(3);
    exact().judge(all, 0);
    assertEquals(1, ejected(all));
  }

  @Test
  void a_suspect_that_found_no_room_asks_for_nothing_and_is_ejected_when_there_is_room() {
    List<EndpointHealth> all = suspects(2);
    Ejector ejector = exact();
    ejector.judge(all, 0);
    assertFalse(all.get(1).record(UNREACHABLE, -1, 0));
    ejector.judge(all, 30 * SECOND);
    assertFalse(all.get(0).isEjected());
    assertTrue(all.get(1).isEjected());
  }

  @Test
  void a_suspect_that_found_no_room_and_then_succeeds_stays() {
    List<EndpointHealth> all = suspects(2);
    Ejector ejector = exact();
    ejector.judge(all, 0);
    all.get(1).record(Outcome.success(), -1, 0);
    ejector.judge(all, 30 * SECOND);
    assertEquals(0, ejected(all));
  }

  @Test
  void it_is_let_back_in_when_its_time_is_over_and_not_before() {
    Ejector ejector = exact();
    health.record(UNREACHABLE, -1, 0);
    ejector.judge(List.of(health), 0);
    assertEquals(1, ejector.judge(List.of(health), 30 * SECOND - 1));
    assertTrue(health.isEjected());
    assertEquals(Long.MAX_VALUE, ejector.judge(List.of(health), 30 * SECOND));
    assertFalse(health.isEjected());
  }

  @Test
  void after_its_return_one_failure_ejects_again_and_one_success_makes_it_whole() {
    Ejector ejector = exact();
    health.record(UNREACHABLE, -1, 0);
    ejector.judge(List.of(health), 0);
    ejector.judge(List.of(health), 30 * SECOND);
    assertTrue(health.record(Outcome.failure(null), -1, 0));
    ejector.judge(List.of(health), 30 * SECOND);
    ejector.judge(List.of(health), 90 * SECOND);
    health.record(Outcome.success(), -1, 0);
    fail(health, 4);
    ejector.judge(List.of(health), 90 * SECOND);
    assertFalse(health.isEjected());
  }

  @Test
  void each_ejection_lasts_longer_up_to_the_bound() {
    Ejector ejector = exact();
    long now = 0;
    for (int n = 1; n <= 15; n++) {
      health.record(UNREACHABLE, -1, 0);
      long time = ejector.judge(List.of(health), now);
      assertEquals(Math.min(300, 30L * n) * SECOND, time);
      now += time;
      ejector.judge(List.of(health), now);
    }
  }

  @Test
  void every_healthy_base_time_takes_one_ejection_off() {
    Ejector ejector = exact();
    long now = 0;
    for (int n = 1; n <= 3; n++) {
      health.record(UNREACHABLE, -1, 0);
      now += ejector.judge(List.of(health), now);
      ejector.judge(List.of(health), now);
    }
    health.record(UNREACHABLE, -1, 0);
    assertEquals(60 * SECOND, ejector.judge(List.of(health), now + 75 * SECOND));
  }

  @Test
  void times_vary_by_a_tenth_and_never_exceed_the_bound() {
    Ejector ejector = Ejector.with(options, Randomness.seeded(7));
    long now = 0;
    for (int n = 1; n <= 15; n++) {
      health.record(UNREACHABLE, -1, 0);
      long time = ejector.judge(List.of(health), now);
      assertTrue(
          time >= Math.min(300, 30L * n) * SECOND && time <= Math.min(300, 33L * n) * SECOND);
      now += time;
      ejector.judge(List.of(health), now);
    }
  }

  @Test
  void a_share_of_zero_ejects_nobody() {
    Ejector ejector = Ejector.with(options.withMaxShare(0), Randomness.seeded(7));
    health.record(UNREACHABLE, -1, 0);
    assertEquals(Long.MAX_VALUE, ejector.judge(List.of(health), 0));
    assertFalse(health.isEjected());
  }

  @Test
  void options_out_of_bounds_are_refused_by_name() {
    assertRefused("ejection.consecutiveFailures: 0", () -> options.withConsecutiveFailures(0));
    assertRefused("ejection.maxShare: 1.5", () -> options.withMaxShare(1.5));
    assertRefused("ejection.maxShare: NaN", () -> options.withMaxShare(Double.NaN));
    Duration second = Duration.ofSeconds(1);
    assertRefused("ejection times: PT0S", () -> options.withTimes(Duration.ZERO, second));
    assertRefused(
        "ejection times: PT1S, PT48H", () -> options.withTimes(second, Duration.ofDays(2)));
    assertRefused("ejection times: PT2S", () -> options.withTimes(second.plus(second), second));
  }

  private static void assertRefused(String start, Runnable making) {
    String message = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  private Ejector exact() {
    RandomGenerator zero = ScriptedRandom.of(new long[100]);
    return Ejector.with(options, zero);
  }

  private static void fail(EndpointHealth health, int times) {
    for (int i = 0; i < times; i++) {
      health.record(Outcome.failure(null), -1, 0);
    }
  }

  private List<EndpointHealth> suspects(int count) {
    List<EndpointHealth> all =
        Stream.generate(() -> EndpointHealth.unknown(options)).limit(count).toList();
    all.forEach(each -> each.record(UNREACHABLE, -1, 0));
    return all;
  }

  private static long ejected(List<EndpointHealth> all) {
    return all.stream().filter(EndpointHealth::isEjected).count();
  }
}
