package io.evenkeel.http.engine;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Makes what came from outside fit to be shown: cut, on one line, and without secrets. */
public final class ServerText {
  private static final int MAX = 200;

  private final Collection<String> secrets;

  ServerText(WireOptions options) {
    // "Bearer x": a server that repeats the token repeats it without the word before it
    this.secrets =
        options.secretHeaders().values().stream()
            .map(value -> value.substring(value.lastIndexOf(' ') + 1))
            .toList();
  }

  /** The text, with every secret replaced before it is cut. */
  String of(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "***");
    }
    return shown(clean);
  }

  /** An error to hand on as a cause; null if a message of its chain holds a secret. */
  @Nullable Throwable cause(@Nullable Throwable error) {
    int depth = 0;
    for (Throwable at = error; at != null && depth < 20; at = at.getCause(), depth++) {
      String text = at.toString();
      if (secrets.stream().anyMatch(text::contains)) {
        return null;
      }
    }
    return error;
  }

  /** A text without control characters, cut. */
  public static String shown(String text) {
    String cut = text.length() > MAX ? text.substring(0, MAX) + "…" : text;
    StringBuilder shown = new StringBuilder(cut.length());
    cut.codePoints()
        .forEach(
            c -> {
              if (isPrintable(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    return shown.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
