package io.evenkeel.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with holes, as the golden files write it; {@link Golden} says which there are. What a hole
 * takes is decided where it stands, without looking further, so a field too many is never
 * swallowed.
 */
final class Template {
  private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)(?::(\\w+))?}}");
  private static final Pattern STRING = Pattern.compile("\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"");
  private static final int SHOWN = 60;

  private final List<Part> parts = new ArrayList<>();

  private Template(String text) {
    Matcher hole = HOLE.matcher(text);
    int at = 0;
    while (hole.find()) {
      parts.add(new Part(Kind.LITERAL, text.substring(at, hole.start())));
      parts.add(Part.of(hole));
      at = hole.end();
    }
    parts.add(new Part(Kind.LITERAL, text.substring(at)));
  }

  static Template of(String text) {
    return new Template(text);
  }

  /**
   * Where and how a text first differs; empty if it is as written. Values with a name are put into
   * the map.
   */
  Optional<String> difference(String actual, Map<String, String> values) {
    int at = 0;
    for (Part part : parts) {
      if (part.isUnknown(values)) {
        return Optional.of(shown(actual, at, "what was to be kept as " + part.text));
      }
      Optional<String> known = part.known(values);
      int same = known.isPresent() ? common(known.get(), actual, at) : 0;
      int end = known.isPresent() ? at + same : part.kind.end(actual, at);
      if (end < 0 || same < known.map(String::length).orElse(0)) {
        String expected = known.map(text -> text.substring(same)).orElse(part.kind.toString());
        return Optional.of(shown(actual, at + same, expected));
      }
      part.keep(actual.substring(at, end), values);
      at = end;
    }
    return at == actual.length() ? Optional.empty() : Optional.of(shown(actual, at, "the end"));
  }

  /** The text with every hole filled: with what its name stands for, or else an example. */
  String filled(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String value = part.known(values).orElse(part.kind.example);
      part.keep(value, values);
      text.append(value);
    }
    return text.toString();
  }

  private static int common(String expected, String actual, int at) {
    int same = 0;
    while (same < expected.length()
        && at + same < actual.length()
        && expected.charAt(same) == actual.charAt(at + same)) {
      same++;
    }
    return same;
  }

  private static String shown(String actual, int at, String expected) {
    String rest = at == actual.length() ? "the end" : excerpt(actual.substring(at));
    String before = actual.substring(Math.max(0, at - SHOWN), at);
    return "at "
        + at
        + ", after «"
        + before
        + "»: "
        + rest
        + " (expected: "
        + excerpt(expected)
        + ")";
  }

  private static String excerpt(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /**
   * A piece of the text.
   *
   * @param kind what it is
   * @param text the text of a literal, the name of a value, or the name to keep a hole's value
   *     under
   */
  private record Part(Kind kind, String text) {
    static Part of(Matcher hole) {
      String word = hole.group(1);
      for (Kind kind : Kind.values()) {
        if (kind.isHole() && kind.toString().equals("{{" + word + "}}")) {
          return new Part(kind, hole.group(2) == null ? "" : hole.group(2));
        }
      }
      if (hole.group(2) != null) {
        throw new IllegalArgumentException(hole.group() + " (expected: a kind of Golden's list)");
      }
      return new Part(Kind.VALUE, word);
    }

    /** Whether it is a value that no answer has kept. */
    boolean isUnknown(Map<String, String> values) {
      return kind == Kind.VALUE && !values.containsKey(text);
    }

    /** What it must be, where that is known. */
    Optional<String> known(Map<String, String> values) {
      if (isUnknown(values)) {
        throw new IllegalStateException("{{" + text + "}} (expected: kept by an earlier answer)");
      }
      return switch (kind) {
        case LITERAL -> Optional.of(text);
        case VALUE -> Optional.ofNullable(values.get(text));
        default -> Optional.empty();
      };
    }

    void keep(String value, Map<String, String> values) {
      if (kind.isHole() && !text.isEmpty()) {
        values.put(text, value);
      }
    }
  }

  private enum Kind {
    LITERAL("", ""),
    VALUE("", ""),
    UUID("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a3a0e6b3-3671-4f81-9f48-f7040240855d"),
    ULID("[0-7][0-9A-HJKMNP-TV-Z]{25}", "01M7YEF2PYV85XYHZBYVBJA85Y"),
    TIMESTAMP(
        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00",
        "2026-11-21T07:00:39.320312+00:00"),
    NUMBER("-?\\d+(?:\\.\\d+)?", "7"),
    INDEX("[1-9]\\d*", "22"),
    TEXT("[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+", "text"),
    ANY("", "{}");

    private final Pattern pattern;
    private final String example;

    Kind(String pattern, String example) {
      this.pattern = Pattern.compile(pattern);
      this.example = example;
    }

    boolean isHole() {
      return this != LITERAL && this != VALUE;
    }

    /** Where the value that begins here ends; -1 if none does. */
    int end(String text, int from) {
      if (this == ANY) {
        int end = endOfJson(text, from);
        return end > from ? end : -1;
      }
      Matcher matcher = pattern.matcher(text).region(from, text.length());
      return matcher.lookingAt() ? matcher.end() : -1;
    }

    /** Up to the comma or bracket that ends it, or the end. */
    private static int endOfJson(String text, int from) {
      Matcher string = STRING.matcher(text);
      int depth = 0;
      int at = from;
      while (at < text.length() && (depth > 0 || ",}]".indexOf(text.charAt(at)) < 0)) {
        char c = text.charAt(at);
        depth += "{[".indexOf(c) >= 0 ? 1 : "}]".indexOf(c) >= 0 ? -1 : 0;
        at = string.region(at, text.length()).lookingAt() ? string.end() : at + 1;
      }
      return at;
    }

    @Override
    public String toString() {
      return "{{" + name().toLowerCase(Locale.ROOT) + "}}";
    }
  }
}
