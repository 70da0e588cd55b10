package io.evenkeel.loadbalancer.strategy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: {@code 500ms}, {@code 5s}, {@code 1m}, {@code 1h}. */
public final class DurationText {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final long HUGE = 1_000_000; // seconds; in ms it would not be read again

  private DurationText() {}

  /**
   * Reads this form, or ISO 8601 such as {@code PT5S}.
   *
   * @param name what the time is of, for the message
   * @throws IllegalArgumentException when it is neither
   */
  public static Duration parse(String name, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return parseIso(name, text);
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static Duration parseIso(String name, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + ": " + text + " (expected: a time such as 500ms, 5s, 1m, 1h or PT5S)", e);
    }
  }

  /** The same in the largest unit that leaves no rest; ISO 8601 where none does. */
  public static String of(Duration duration) {
    boolean whole = duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
    if (duration.isNegative() || !whole) {
      return duration.toString();
    }
    long seconds = duration.toSeconds();
    if (duration.toMillisPart() != 0) {
      return seconds < HUGE ? duration.toMillis() + "ms" : duration.toString();
    }
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    return seconds % 3_600 == 0 ? seconds / 3_600 + "h" : seconds / 60 + "m";
  }
}
