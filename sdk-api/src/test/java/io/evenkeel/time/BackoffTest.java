package io.evenkeel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Draws the largest double below 1 every time. */
  private static final RandomGenerator HIGHEST = () -> -1L;

  /** Draws 0 every time. */
  private static final RandomGenerator LOWEST = () -> 0L;

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "1, 2", "2, 4", "5, 32", "6, 60", "62, 60", "2147483647, 60"})
  void the_bound_doubles_up_to_the_highest(int n, int bound) {
    long nanos = new Backoff(SECOND, MINUTE).delay(n, HIGHEST).toNanos();
    assertTrue(nanos <= bound * 1_000_000_000L, nanos + " ns");
    assertTrue(nanos >= bound * 999_999_000L, nanos + " ns");
  }

  @Test
  void a_delay_may_be_nothing() {
    assertEquals(Duration.ZERO, new Backoff(SECOND, MINUTE).delay(3, LOWEST));
  }

  @Test
  void a_constant_backoff_knows_neither_chance_nor_growth() {
    assertEquals(SECOND, Backoff.constant(SECOND).delay(0, LOWEST));
    assertEquals(SECOND, Backoff.constant(SECOND).delay(9, HIGHEST));
  }

  @Test
  void jitter_takes_away_no_more_than_its_share() {
    assertEquals(Duration.ofMillis(750), new Backoff(SECOND, MINUTE, 0.25).delay(0, LOWEST));
  }

  @Test
  void delays_are_spread_evenly_below_the_bound() {
    RandomGenerator random = Randomness.seeded(42);
    Backoff backoff = new Backoff(SECOND, MINUTE);
    double sum = 0;
    for (int i = 0; i < 10_000; i++) {
      sum += backoff.delay(2, random).toNanos() / 4e9;
    }
    assertEquals(0.5, sum / 10_000, 0.01);
  }

  @Test
  void the_longest_backoff_does_not_overflow() {
    Backoff backoff = new Backoff(Duration.ofDays(100_000), Duration.ofDays(106_000));
    assertTrue(backoff.delay(62, HIGHEST).compareTo(Duration.ofDays(105_999)) > 0);
  }

  @Test
  void bounds_that_make_no_sense_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(-1), SECOND));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(MINUTE, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(SECOND, MINUTE, 1.1));
  }

  @Test
  void jitter_stays_within_its_spread() {
    assertEquals(Duration.ofMillis(4500), Randomness.jitter(Duration.ofSeconds(5), 0.1, LOWEST));
    Duration highest = Randomness.jitter(Duration.ofSeconds(5), 0.1, HIGHEST);
    assertTrue(highest.compareTo(Duration.ofMillis(5499)) > 0, () -> "" + highest);
    assertTrue(highest.compareTo(Duration.ofMillis(5500)) <= 0, () -> "" + highest);
  }

  @Test
  void no_spread_is_no_jitter() {
    assertEquals(SECOND, Randomness.jitter(SECOND, 0, HIGHEST));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void a_spread_out_of_bounds_is_refused(double spread) {
    assertThrows(IllegalArgumentException.class, () -> Randomness.jitter(SECOND, spread, LOWEST));
  }
}
