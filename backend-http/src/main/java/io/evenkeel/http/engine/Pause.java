package io.evenkeel.http.engine;

import io.evenkeel.time.TimeSource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The time a server asked to be left alone with {@code Retry-After} (RFC 9110, 10.2.3), at most 60
 * s. Safe from any thread.
 */
final class Pause {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final TimeSource time;
  private volatile long begin;
  private volatile Duration length = Duration.ZERO;

  Pause(TimeSource time) {
    this.time = time;
    this.begin = time.nanoTime();
  }

  /** Takes note of an answer's headers, if they ask for a pause. */
  void note(@Nullable String retryAfter, @Nullable String serverDate) {
    Duration asked = retryAfter == null ? Duration.ZERO : read(retryAfter.strip(), serverDate);
    if (asked.compareTo(Duration.ZERO) > 0) {
      begin = time.nanoTime();
      length = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
  }

  /** What is left of it, zero or less when it is over. */
  Duration left() {
    return length.minusNanos(time.nanoTime() - begin);
  }

  boolean lasts() {
    return left().compareTo(Duration.ZERO) > 0;
  }

  /** A date is measured from the server's own clock, where it says what that shows. */
  private Duration read(String retryAfter, @Nullable String serverDate) {
    if (retryAfter.matches("\\d+")) {
      return retryAfter.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    Instant until = date(retryAfter);
    Instant now = serverDate == null ? null : date(serverDate);
    return until == null
        ? Duration.ZERO
        : Duration.between(now == null ? time.instant() : now, until);
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null; // a header that cannot be read asks for nothing
    }
  }
}
