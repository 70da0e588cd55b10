package io.evenkeel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may call the server: lines {@code owner:token}; empty ones and those from {@code #} on are
 * left out. No message repeats a line, since it may hold a secret.
 */
final class TokenFile {
  private TokenFile() {}

  /**
   * Owners by token.
   *
   * @throws IllegalArgumentException when the file cannot be read, or is not understood, or is
   *     empty: that would let in everyone or no one
   */
  static Map<String, String> read(Path file) {
    Map<String, String> owners = new LinkedHashMap<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(':');
      String token = line.substring(colon + 1).strip();
      if (colon < 1 || token.isEmpty()) {
        throw refused(file, "line " + (i + 1) + " is not understood", "owner:token");
      }
      if (owners.put(token, line.substring(0, colon).strip()) != null) {
        throw refused(file, "line " + (i + 1) + " repeats a token", "one owner for each");
      }
    }
    if (owners.isEmpty()) {
      throw refused(file, "no token in it", "lines owner:token");
    }
    return owners;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw refused(file, e.getClass().getSimpleName(), "a readable file of lines owner:token");
    }
  }

  private static IllegalArgumentException refused(Path file, String what, String expected) {
    return new IllegalArgumentException(
        "token-file: " + file + ": " + what + " (expected: " + expected + ")");
  }
}
