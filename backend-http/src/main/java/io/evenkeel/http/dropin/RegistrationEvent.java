package io.evenkeel.http.dropin;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a registration, under the name and with the fields that the clients of
 * today log. No field holds a secret.
 *
 * @param name such as {@code registration.success} or {@code keepalive.ping_failed}
 * @param level at which it is logged
 * @param fields strings and numbers, in the order in which they are shown
 */
public record RegistrationEvent(String name, Level level, Map<String, Object> fields) {
  private static final Pattern PLAIN = Pattern.compile("[^\\s\"=\\\\\\p{Cntrl}]+");

  /** Copies the fields. */
  public RegistrationEvent {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An event with fields given as name, value, name, value; a null value leaves the field out. */
  static RegistrationEvent of(Level level, String name, @Nullable Object... fields) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      Object value = fields[i + 1];
      if (value != null) {
        pairs.put(String.valueOf(fields[i]), value);
      }
    }
    return new RegistrationEvent(name, level, pairs);
  }

  /** A field's value as text, empty when it is not there. */
  String text(String field) {
    return String.valueOf(fields.getOrDefault(field, ""));
  }

  /**
   * One line, {@code name key=value …}; a value with blanks, quotes or control characters is quoted
   * and escaped, so that no value can pass for another field or another line.
   */
  public String line() {
    StringBuilder line = new StringBuilder(name);
    fields.forEach((key, value) -> line.append(' ').append(key).append('=').append(shown(value)));
    return line.toString();
  }

  private static String shown(Object value) {
    String text = value.toString();
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendEscaped(quoted, c));
    return quoted.append('"').toString();
  }

  /** What ends a line for anyone is escaped: also U+0085, U+2028 and U+2029. */
  static void appendEscaped(StringBuilder text, int c) {
    if (c == '"' || c == '\\') {
      text.append('\\').appendCodePoint(c);
    } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
      text.append(String.format("\\u%04x", c));
    } else {
      text.appendCodePoint(c);
    }
  }
}
