package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's code is code that compiles, and its first screen stays short. */
class ReadmeTest {
  private static final String START = "// README: ";
  private static final String END = "// README: end";

  private static List<SourceFile> pages;

  /** A stretch of lines, without what indents them, and the number of the line before it. */
  record Block(String page, int line, List<String> code) {
    long codeLines() {
      return code.stream().filter(text -> !text.isEmpty()).count();
    }
  }

  @BeforeAll
  static void readPages() {
    List<String> names = List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md");
    pages = House.texts().stream().filter(file -> names.contains(file.path())).toList();
  }

  @Test
  void every_java_block_is_copied_from_compiled_code() {
    readme();
    List<List<String>> snippets = compiledSnippets();
    List<String> invented =
        pages.stream()
            .flatMap(page -> javaBlocks(page).stream())
            .filter(block -> !snippets.contains(block.code()))
            .map(block -> block.page() + ":" + block.line() + ": compiled nowhere under samples")
            .toList();
    assertEquals(List.of(), invented);
  }

  @Test
  void the_first_code_is_short_and_on_the_first_screen() {
    Block first = javaBlocks(readme()).get(0);
    assertTrue(first.line() < 20, () -> "line: " + first.line() + " (expected: before 20)");
    assertTrue(first.codeLines() <= 10, () -> "lines: " + first.codeLines() + " (expected: <= 10)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mvn -q -Pdemo", "mvn verify"})
  void the_two_commands_are_there(String command) {
    assertTrue(readme().text().contains(command));
  }

  @Test
  void the_root_is_seen_at_a_glance() {
    List<String> entries =
        House.rootEntries().stream().filter(name -> !name.startsWith(".")).toList();
    assertTrue(entries.size() <= 20, () -> entries.size() + " (expected: <= 20): " + entries);
  }

  @Test
  void a_planted_block_is_found_and_compared() {
    SourceFile page = new SourceFile("P.md", "text\n\n```java\nint a;\n\n  int b;\n```\nmore");
    SourceFile same = source("    // README: x\n    int a;\n\n      int b;\n    // README: end\n");
    SourceFile other = source("    // README: x\n    int a;\n    // README: end\n");
    List<String> block = javaBlocks(page).get(0).code();
    assertEquals(3, javaBlocks(page).get(0).line());
    assertTrue(snippets(same).contains(block));
    assertFalse(snippets(other).contains(block));
  }

  @Test
  void two_snippets_of_one_file_are_two() {
    String text = "// README: a\nA;\n// README: end\nno;\n// README: b\nB;\n// README: end";
    assertEquals(List.of(List.of("A;"), List.of("B;")), snippets(source(text)));
  }

  private static SourceFile readme() {
    return pages.stream()
        .filter(page -> page.path().equals("README.md"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("README.md: missing (expected: at the root)"));
  }

  private static List<List<String>> compiledSnippets() {
    return Stream.of("src/main", "src/test")
        .flatMap(folder -> House.sources("samples", folder).stream())
        .filter(file -> !file.type().equals("ReadmeTest")) // it holds planted ones
        .flatMap(file -> snippets(file).stream())
        .toList();
  }

  private static List<List<String>> snippets(SourceFile source) {
    List<List<String>> snippets = new ArrayList<>();
    List<String> lines = source.lines().stream().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(START) && !lines.get(i).equals(END)) {
        snippets.add(upTo(END, lines, i + 1));
      }
    }
    return snippets;
  }

  private static List<Block> javaBlocks(SourceFile page) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = page.lines().stream().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```java")) {
        blocks.add(new Block(page.path(), i + 1, upTo("```", lines, i + 1)));
      }
    }
    return blocks;
  }

  private static List<String> upTo(String end, List<String> lines, int from) {
    List<String> rest = lines.subList(from, lines.size());
    int length = rest.indexOf(end);
    return List.copyOf(length < 0 ? rest : rest.subList(0, length));
  }

  private static SourceFile source(String text) {
    return new SourceFile("samples/src/main/java/Planted.java", text);
  }
}
