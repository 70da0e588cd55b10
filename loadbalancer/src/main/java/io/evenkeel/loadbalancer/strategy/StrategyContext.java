package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What a strategy is made with: its chance, its clock, and the options that were set. Each option
 * is read with the value it has when it is not set; what nobody has read is no option of this
 * strategy. Whoever reads checks the bounds. For one thread.
 */
public final class StrategyContext {
  private final StrategySpec spec;
  private final RandomGenerator random;
  private final TimeSource time;
  private final Map<String, String> known = new LinkedHashMap<>(); // with what each usually is

  StrategyContext(StrategySpec spec, RandomGenerator random, TimeSource time) {
    this.spec = spec;
    this.random = random;
    this.time = time;
  }

  /** Where its chance comes from; it bears as many threads as pick. */
  public RandomGenerator random() {
    return random;
  }

  /** What it measures latencies by. */
  public TimeSource time() {
    return time;
  }

  /** A time: {@code 500ms}, {@code 5s}, {@code 1m}, {@code 1h} or ISO 8601, {@code PT5S}. */
  public Duration duration(String option, Duration usual) {
    String name = spec.name() + "." + option;
    return value(option, DurationText.of(usual), text -> DurationText.parse(name, text));
  }

  /** A number; {@code none} is infinity. */
  public double number(String option, double usual) {
    return value(
        option,
        Double.isInfinite(usual) ? "none" : Double.toString(usual),
        text -> {
          try {
            return text.equals("none") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
          } catch (NumberFormatException e) {
            throw refused(option, text, "a number, or none", e);
          }
        });
  }

  /** A whole number. */
  public int wholeNumber(String option, int usual) {
    return value(
        option,
        Integer.toString(usual),
        text -> {
          try {
            return Integer.parseInt(text);
          } catch (NumberFormatException e) {
            throw refused(option, text, "a whole number", e);
          }
        });
  }

  /** Any text. */
  public String text(String option, String usual) {
    return value(option, usual, text -> text);
  }

  private <T> T value(String option, String usual, Function<String, T> reader) {
    known.put(option, usual);
    return reader.apply(spec.options().getOrDefault(option, usual));
  }

  private IllegalArgumentException refused(
      String option, String text, String expected, RuntimeException cause) {
    return new IllegalArgumentException(
        spec.name() + "." + option + ": " + text + " (expected: " + expected + ")", cause);
  }

  /** The options that have been read, each with its usual value. */
  Map<String, String> known() {
    return known;
  }

  /** Refuses an option that was set and not read. */
  void refuseUnknown() {
    for (Map.Entry<String, String> option : spec.options().entrySet()) {
      if (!known.containsKey(option.getKey())) {
        throw new IllegalArgumentException(
            spec.name()
                + "."
                + option.getKey()
                + ": "
                + option.getValue()
                + (known.isEmpty()
                    ? " (expected: no option, it has none)"
                    : known.keySet().stream()
                        .map(name -> name + "=" + known.get(name))
                        .collect(Collectors.joining(", ", " (expected: one of ", ")"))));
      }
    }
  }
}
