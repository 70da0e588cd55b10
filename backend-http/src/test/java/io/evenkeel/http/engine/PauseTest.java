package io.evenkeel.http.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class PauseTest {
  private final ManualTime time = ManualTime.start();
  private final Pause pause = new Pause(time);

  @Test
  void it_lasts_as_long_as_was_asked() {
    pause.note("10", null);
    time.advance(Duration.ofSeconds(9));
    assertEquals(Duration.ofSeconds(1), pause.left());
    time.advance(Duration.ofSeconds(1));
    assertEquals(Duration.ZERO, pause.left());
  }

  @Test
  void it_never_lasts_longer_than_a_minute() {
    pause.note("3600", null);
    assertEquals(Duration.ofSeconds(60), pause.left());
    pause.note("Sat, 21 Nov 2099 07:00:00 GMT", null);
    assertEquals(Duration.ofSeconds(60), pause.left());
  }

  @Test
  void a_date_counts_from_the_date_the_server_says_it_is() {
    pause.note("Sat, 21 Nov 2026 07:00:20 GMT", "Sat, 21 Nov 2026 07:00:00 GMT");
    assertEquals(Duration.ofSeconds(20), pause.left());
  }

  @Test
  void a_date_counts_from_our_clock_where_the_server_says_none() {
    String soon =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            time.instant().plusSeconds(30).atOffset(ZoneOffset.UTC));
    pause.note(soon, "yesterday");
    Duration left = pause.left();
    assertTrue(left.toSeconds() >= 29 && left.toSeconds() <= 30, left::toString);
  }

  @Test
  void a_jump_of_the_wall_clock_changes_nothing() {
    pause.note("10", null);
    time.jumpWallClock(Duration.ofHours(1));
    assertEquals(Duration.ofSeconds(10), pause.left());
  }
}
