package io.evenkeel.cli;

import io.evenkeel.loadbalancer.strategy.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
final class Durations implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return DurationText.parse("time", text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(text + " (expected: such as 500ms, 30s, 5m or 1h)");
    }
  }

  /** For people: the largest unit that leaves no rest. */
  static String text(Duration duration) {
    return DurationText.of(duration);
  }
}
