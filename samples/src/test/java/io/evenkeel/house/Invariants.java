package io.evenkeel.house;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads paragraphs that start with {@code *Invariant:*}; the last word in backticks of each is the
 * test that guards it: {@code Type} or {@code Type.method}, where the method may be inherited, and
 * may be cut short by three dots.
 */
final class Invariants {
  private static final Pattern PARAGRAPH =
      Pattern.compile(
          "^(?:[-*] )?\\*Invariant:\\*.*?(?=\\n\\s*\\n|\\n(?:[-*] )?\\*Invariant|\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST =
      Pattern.compile("(\\w+(?:Test|IT|Contract))(?:\\.(\\w+)(\\.\\.\\.|…)?)?");

  private Invariants() {}

  /** The paragraphs whose test is not there. */
  static List<String> unproved(String text) {
    return PARAGRAPH
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(paragraph -> !isProved(paragraph))
        .toList();
  }

  private static boolean isProved(String paragraph) {
    Optional<String> last =
        QUOTED
            .matcher(paragraph)
            .results()
            .max(Comparator.comparingInt(MatchResult::start))
            .map(quoted -> quoted.group(1));
    return last.map(TEST::matcher).filter(Matcher::matches).filter(Invariants::exists).isPresent();
  }

  private static boolean exists(Matcher test) {
    String end = test.group(3) == null ? "\\(" : "\\w*\\(";
    return test.group(2) == null
        ? find(test.group(1)).isPresent()
        : hasMethod(test.group(1), Pattern.compile("void " + test.group(2) + end));
  }

  private static boolean hasMethod(String type, Pattern method) {
    Optional<SourceFile> file = find(type);
    return file.isPresent()
        && (method.matcher(file.get().text()).find() || inherits(type, file.get(), method));
  }

  private static boolean inherits(String type, SourceFile file, Pattern method) {
    Matcher parent = Pattern.compile("class " + type + "\\s+extends (\\w+)").matcher(file.text());
    return parent.find() && hasMethod(parent.group(1), method);
  }

  private static Optional<SourceFile> find(String type) {
    return House.modules().stream()
        .flatMap(module -> House.sources(module, "src").stream())
        .filter(file -> file.type().equals(type))
        .findFirst();
  }
}
