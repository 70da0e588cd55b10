package io.evenkeel.server.web;

import org.jspecify.annotations.Nullable;

/**
 * Texts from outside on their way into a log line or a message: no line break, no escape sequence
 * of a terminal, and no mark that turns the direction of what follows.
 */
public final class Printable {
  private static final int REPLACEMENT = 0xfffd;
  private static final int MAX_CAUSES = 8;

  private Printable() {}

  /** Whether a text holds nothing that has to be replaced. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Printable::isShown);
  }

  /** The text with U+FFFD for what is not to be shown. */
  public static String of(String text) {
    if (is(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> shown.appendCodePoint(isShown(c) ? c : REPLACEMENT));
    return shown.toString();
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** An error for the log: the stack traces are its own, the messages are printable. */
  static Throwable of(Throwable error) {
    return of(error, MAX_CAUSES);
  }

  private static Throwable of(Throwable error, int depth) {
    Throwable cause = error.getCause();
    Throwable shown =
        new Shown(
            of(String.valueOf(error)), cause == null || depth == 0 ? null : of(cause, depth - 1));
    shown.setStackTrace(error.getStackTrace());
    return shown;
  }

  /** Says what the error that it stands for is called, and what it says. */
  private static final class Shown extends Exception {
    private static final long serialVersionUID = 1L;

    Shown(String text, @Nullable Throwable cause) {
      super(text, cause, false, true);
    }
  }
}
