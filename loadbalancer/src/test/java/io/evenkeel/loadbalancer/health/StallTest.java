package io.evenkeel.loadbalancer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an endpoint that a call waits for is taken to answer nothing any more. */
class StallTest {
  private static final long MILLI = 1_000_000;

  private final EjectionOptions options = EjectionOptions.defaults();
  private final Ejector ejector = Ejector.with(options, Randomness.seeded(7));
  private final EndpointHealth one = EndpointHealth.unknown(options);
  private final EndpointHealth other = EndpointHealth.unknown(options);
  private final List<EndpointHealth> all = List.of(one, other);

  @Test
  void while_little_is_known_nobody_is_stalled() {
    answers(other, 99, 10 * MILLI);
    ejector.look(all);
    assertEquals(Long.MAX_VALUE, ejector.stallLimit());
    assertFalse(one.awaits(0, Long.MAX_VALUE, ejector.stallLimit()));
  }

  @Test
  void of_a_quick_service_half_a_second_is_the_limit() {
    answers(one, 50, 10 * MILLI);
    answers(other, 50, 10 * MILLI);
    ejector.look(all);
    assertEquals(500 * MILLI, ejector.stallLimit());
  }

  @Test
  void of_a_slow_service_five_times_its_late_answers_are() {
    answers(one, 950, 10 * MILLI);
    answers(other, 50, 1_000 * MILLI);
    ejector.look(all);
    assertEquals(5_000, ejector.stallLimit() / (double) MILLI, 1_300);
  }

  @Test
  void the_limit_is_forgotten_with_the_answers() {
    answers(one, 200, 10 * MILLI);
    for (int second = 0; second < 8; second++) {
      ejector.look(all);
    }
    assertEquals(Long.MAX_VALUE, ejector.stallLimit());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000_000_000L, -1_000_000_000_000L, Long.MAX_VALUE - 100})
  void one_that_answers_nothing_for_longer_than_the_limit_is_suspect(long start) {
    assertFalse(one.awaits(start, start + 500 * MILLI, 500 * MILLI));
    assertTrue(one.awaits(start, start + 500 * MILLI + 1, 500 * MILLI));
    assertEquals(Suspicion.STALLED, one.suspicion());
    ejector.judge(all, start);
    assertTrue(one.isEjected());
  }

  @Test
  void one_that_answers_others_is_not_stalled_by_a_long_call() {
    one.record(Outcome.success(), MILLI, 4_800 * MILLI);
    assertFalse(one.awaits(0, 5_000 * MILLI, 500 * MILLI));
    assertTrue(one.awaits(0, 5_301 * MILLI, 500 * MILLI));
  }

  @Test
  void an_error_is_an_answer_too_and_a_timeout_is_none() {
    one.record(Outcome.failure(null), MILLI, 900 * MILLI);
    assertFalse(one.awaits(0, 1_000 * MILLI, 500 * MILLI));
    other.record(Outcome.timeout(), MILLI, 900 * MILLI);
    assertTrue(other.awaits(0, 1_000 * MILLI, 500 * MILLI));
  }

  @Test
  void what_was_cancelled_or_failed_here_is_no_answer() {
    one.record(Outcome.cancelled(), MILLI, 900 * MILLI);
    one.record(Outcome.local(new IllegalStateException()), MILLI, 900 * MILLI);
    assertTrue(one.awaits(0, 1_000 * MILLI, 500 * MILLI));
  }

  @Test
  void one_is_told_to_be_stalled_once() {
    assertTrue(one.awaits(0, 501 * MILLI, 500 * MILLI));
    assertFalse(one.awaits(0, 511 * MILLI, 500 * MILLI));
  }

  @Test
  void a_stall_that_found_no_room_is_dropped_by_the_next_look() {
    all.forEach(each -> each.awaits(0, 501 * MILLI, 500 * MILLI));
    ejector.judge(all, 0);
    ejector.look(all);
    assertEquals(Suspicion.STALLED, one.suspicion());
    assertEquals(Suspicion.NONE, other.suspicion());
  }

  @Test
  void options_out_of_bounds_are_refused_by_name() {
    OutlierOptions usual = OutlierOptions.defaults();
    assertRefused("outliers.timesMedian: 1.0", () -> usual.withLatency(1, 20));
    assertRefused("outliers.timesMedian: NaN", () -> usual.withLatency(Double.NaN, 20));
    assertRefused("outliers.latencyVolume: 0", () -> usual.withLatency(5, 0));
    assertRefused("outliers.timesP99: 0.5", () -> usual.withStall(Duration.ZERO, 0.5));
    assertRefused("outliers.stallAtLeast: PT-1S", () -> usual.withStall(Duration.ofSeconds(-1), 5));
    assertRefused("outliers.stallAtLeast: PT48H", () -> usual.withStall(Duration.ofDays(2), 5));
  }

  private static void assertRefused(String start, Runnable making) {
    String message = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  private static void answers(EndpointHealth health, int count, long latency) {
    for (int i = 0; i < count; i++) {
      health.record(Outcome.success(), latency, 0);
    }
  }
}
