package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "0s, PT0S",
    "5s, PT5S",
    "1m, PT1M",
    "2h, PT2H",
    "PT5.5S, PT5.5S",
    "pt1m, PT1M"
  })
  void is_read(String text, Duration expected) {
    assertEquals(expected, DurationText.parse("decay", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-5s", "5 s", "5S", "5d", "12345678901s"})
  void anything_else_is_refused(String text) {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> DurationText.parse("peak-ewma.decay", text))
            .getMessage();
    assertTrue(message.startsWith("peak-ewma.decay: " + text + " (expected: "), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ms", "1500ms", "90s", "5m", "25h", "PT-1S", "PT0.000001S"})
  void is_written_as_it_is_read(String text) {
    assertEquals(text, DurationText.of(DurationText.parse("x", text)));
  }

  @Test
  void is_written_in_the_largest_unit() {
    assertEquals("2h", DurationText.of(DurationText.parse("x", "7200s")));
  }
}
