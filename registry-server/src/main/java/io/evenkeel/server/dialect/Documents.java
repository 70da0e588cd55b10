package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The record of a foreign registration as it was handed in, kept in {@link Entry#document()}: the
 * dialect's label, a space, and JSON in printable ASCII.
 */
final class Documents {
  /** The server has room for 60 pieces of 500 characters beside what else it keeps. */
  static final int MAX_LENGTH = 30_000;

  private Documents() {}

  static String write(String dialect, ObjectNode record) {
    String document = dialect + " " + Json.printable(record);
    if (document.length() > MAX_LENGTH) {
      throw Invalid.value(
          "the record has " + document.length() + " characters (expected: <= " + MAX_LENGTH + ")");
    }
    return document;
  }

  /** Whether a row was registered in this dialect by a foreign client. */
  static boolean isOf(String dialect, Entry row) {
    return row.document().startsWith(dialect + " ");
  }

  /** The record of a row that was registered in this dialect by a foreign client. */
  static Optional<ObjectNode> read(String dialect, Entry row) {
    if (!isOf(dialect, row)) {
      return Optional.empty();
    }
    try {
      Buffer json = Buffer.buffer(row.document().substring(dialect.length() + 1));
      return Json.read(json) instanceof ObjectNode record ? Optional.of(record) : Optional.empty();
    } catch (Json.Malformed cut) { // someone else wrote it: then it is shown as any other row
      return Optional.empty();
    }
  }
}
