package io.evenkeel.server.consul;

import io.evenkeel.server.web.Printable;
import io.evenkeel.server.web.Refusal;

/** Texts that come from outside. */
final class Texts {
  private static final int SHOWN = 80;

  private Texts() {}

  static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /** A text of at most so many characters, none of them a control character. */
  static String plain(String field, String text, int max) {
    if (text.length() > max || !isPlain(text)) {
      throw new Refusal(
          400,
          "Invalid "
              + field
              + ": "
              + shown(text)
              + " (expected: up to "
              + max
              + " characters, no control characters)");
    }
    return text;
  }

  /** For messages: cut, and without what cannot be printed. */
  static String shown(String text) {
    String cut = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return Printable.of(cut);
  }
}
