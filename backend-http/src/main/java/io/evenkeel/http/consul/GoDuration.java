package io.evenkeel.http.consul;

import io.evenkeel.http.engine.ServerText;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as Consul writes them: {@code 500ms}, {@code 10s}, {@code 1m30s}. */
final class GoDuration {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6}(ms|[hms]))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[hms])");

  private GoDuration() {}

  /**
   * Reads a time within bounds.
   *
   * @param name of the value, for the message
   * @throws IllegalArgumentException naming it and what was expected
   */
  static Duration read(String name, String text, Duration min, Duration max) {
    Duration sum = Duration.ZERO;
    if (FORM.matcher(text).matches()) {
      Matcher parts = PART.matcher(text);
      while (parts.find()) {
        sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2)));
      }
    }
    if (sum.compareTo(min) < 0 || sum.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          name
              + ": "
              + ServerText.shown(text)
              + " (expected: "
              + write(min)
              + ".."
              + write(max)
              + ", such as 10s or 1m30s)");
    }
    return sum;
  }

  private static Duration part(long count, String unit) {
    return switch (unit) {
      case "h" -> Duration.ofHours(count);
      case "m" -> Duration.ofMinutes(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMillis(count);
    };
  }

  /** In whole minutes, seconds or milliseconds, whichever is the largest that fits. */
  static String write(Duration time) {
    long millis = time.toMillis();
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
