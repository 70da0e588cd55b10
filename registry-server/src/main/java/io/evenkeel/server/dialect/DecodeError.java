package io.evenkeel.server.dialect;

import io.evenkeel.server.web.Json;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What Python's JSON decoder says of a text that ours has refused, and where. */
record DecodeError(long offset, String text) {
  /** A part of what Jackson says, and what Python says instead. */
  private record Wording(String jackson, String python) {}

  private static final List<Wording> WORDINGS =
      List.of(
          new Wording("Trailing token", "Extra data"),
          new Wording("to start field name", "Expecting property name enclosed in double quotes"),
          new Wording("to separate field name and value", "Expecting ':' delimiter"),
          new Wording("was expecting comma", "Expecting ',' delimiter"),
          new Wording("Illegal unquoted character", "Invalid control character at"),
          new Wording("Unrecognized character escape", "Invalid \\escape"),
          new Wording("was expecting closing quote", "Unterminated string starting at"),
          new Wording("Duplicate field", "Duplicate key"),
          new Wording("nesting depth", "Nested too deeply"),
          new Wording("too large", "Number too large"),
          new Wording("surrogate", "Unpaired surrogate"));

  static DecodeError of(Json.Malformed malformed, Buffer body) {
    String message = String.valueOf(malformed.getMessage());
    String text =
        WORDINGS.stream()
            .filter(wording -> message.contains(wording.jackson()))
            .map(Wording::python)
            .findFirst()
            .orElse("Expecting value");
    int offset = (int) Math.min(malformed.offset(), body.length());
    return new DecodeError(
        message.startsWith("Unrecognized token") ? startOfWord(body, offset) : offset, text);
  }

  /** Jackson points behind a word that it does not know. */
  private static int startOfWord(Buffer body, int end) {
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(body.getByte(start - 1))) {
      start--;
    }
    return start;
  }
}
