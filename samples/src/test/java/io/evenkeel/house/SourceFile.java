package io.evenkeel.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file of the repository.
 *
 * @param path from the root, with slashes
 * @param text its whole content
 */
record SourceFile(String path, String text) {

  static SourceFile read(Path file) {
    try {
      String path = House.root().relativize(file).toString().replace('\\', '/');
      return new SourceFile(path, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /** How many lines hold more than white space and comments. */
  long codeLines() {
    String code = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
    return code.lines().filter(line -> !line.isBlank()).count();
  }

  /** The file's name without its folder and ending. */
  String type() {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return file.substring(0, file.lastIndexOf('.'));
  }

  /** The package its folder says; empty for a module descriptor. */
  String packageName() {
    int root = path.indexOf("/java/") + "/java/".length();
    int end = path.lastIndexOf('/');
    return end < root ? "" : path.substring(root, end).replace('/', '.');
  }

  boolean isUnder(String folder) {
    return path.contains("/" + folder + "/");
  }
}
