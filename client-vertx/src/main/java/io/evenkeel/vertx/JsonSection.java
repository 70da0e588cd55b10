package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.strategy.DurationText;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One object of a configuration. Each key is read with what it is when it is not there; a key that
 * nobody has read is no option. For one thread.
 */
final class JsonSection {
  /** Stands for a bound that is never reached: JSON has no infinity. */
  static final String NONE = "none";

  private final String path; // with a dot at its end, or empty
  private final JsonObject json;
  private final Set<String> known = new LinkedHashSet<>();

  private JsonSection(String path, JsonObject json) {
    this.path = path;
    this.json = json;
  }

  static JsonSection of(JsonObject json) {
    return new JsonSection("", json);
  }

  /** The object under a key; an empty one when there is none. */
  JsonSection section(String key) {
    Object value = value(key);
    if (value == null) {
      return new JsonSection(path + key + ".", new JsonObject());
    }
    if (value instanceof JsonObject object) {
      return new JsonSection(path + key + ".", object);
    }
    throw refused(key, value, "an object");
  }

  /** The value under a key as it stands, or null. */
  @Nullable Object value(String key) {
    known.add(key);
    return json.getValue(key);
  }

  @Nullable String text(String key) {
    Object value = value(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw refused(key, value, "a text");
  }

  Duration duration(String key, Duration usual) {
    Object value = value(key);
    return value == null ? usual : DurationText.parse(path + key, value.toString());
  }

  /** A number; {@link #NONE} is infinity. */
  double number(String key, double usual) {
    Object value = value(key);
    if (NONE.equals(value)) {
      return Double.POSITIVE_INFINITY;
    }
    if (value == null || value instanceof Number) {
      return value == null ? usual : ((Number) value).doubleValue();
    }
    throw refused(key, value, "a number");
  }

  int wholeNumber(String key, int usual) {
    double value = number(key, usual);
    if (value != (int) value) {
      throw refused(key, value, "a whole number below 2^31");
    }
    return (int) value;
  }

  /** Refuses what was not read. */
  void end() {
    Set<String> unknown = new TreeSet<>(json.fieldNames());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          path + unknown.iterator().next() + ": unknown (expected: one of " + known + ")");
    }
  }

  IllegalArgumentException refused(String key, Object value, String expected) {
    return new IllegalArgumentException(
        path + key + ": " + value + " (expected: " + expected + ")");
  }
}
