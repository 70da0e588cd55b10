package io.evenkeel.loadbalancer.strategy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which strategy, and what is set of its options, as configuration says it in one text: {@code
 * peak-ewma}, {@code peak-ewma?decay=5s}, {@code consistent-hashing?points=512&bound=none}. Says
 * nothing of whether there is such a strategy: {@link Strategies#of} knows.
 *
 * @param name of the strategy; not blank, without {@code ?}
 * @param options by name, in their order, as they were written; without {@code &}
 */
public record StrategySpec(String name, Map<String, String> options) {
  private static final String FORM = "name or name?option=value&option=value";

  /** Copies the options. */
  public StrategySpec {
    if (name.isBlank() || name.contains("?")) {
      throw new IllegalArgumentException("strategy: " + name + " (expected: " + FORM + ")");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    options.forEach(StrategySpec::check);
  }

  private static void check(String option, String value) {
    if (option.isBlank() || option.contains("=") || value.isBlank()) {
      throw new IllegalArgumentException(
          "strategy option: " + option + "=" + value + " (expected: option=value)");
    }
    if (option.contains("&") || value.contains("&")) {
      throw new IllegalArgumentException(
          "strategy option: " + option + "=" + value + " (expected: no & within)");
    }
  }

  /**
   * Reads the text form; white space around it is ignored.
   *
   * @throws IllegalArgumentException when it is not of this form
   */
  public static StrategySpec parse(String text) {
    String stripped = text.strip();
    int mark = stripped.indexOf('?');
    if (mark < 0) {
      return new StrategySpec(stripped, Map.of());
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String pair : stripped.substring(mark + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("strategy: " + text + " (expected: " + FORM + ")");
      }
      String option = pair.substring(0, equals);
      if (options.put(option, pair.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "strategy: " + text + " (expected: " + option + " only once)");
      }
    }
    return new StrategySpec(stripped.substring(0, mark), options);
  }

  /** The text form; {@link #parse} reads it again. */
  @Override
  public String toString() {
    return options.isEmpty()
        ? name
        : options.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&", name + "?", ""));
  }
}
