package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of the machine it was written on, and no promise without its proof. */
class RepositoryHygieneTest {
  /** Where a build fetches from is decided outside; in pieces, since this file is checked too. */
  private static final Pattern REGISTRY_HOST =
      Pattern.compile(
          "repo1?\\.mav"
              + "en\\.(apache\\.)?org|sona"
              + "type\\.(org|com)|search\\.mav"
              + "en\\.org|jcen"
              + "ter|plugins\\.gra"
              + "dle\\.org|registry\\.np"
              + "mjs\\.org|repo\\.spr"
              + "ing\\.io");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?:^|[\\s\"'`=(:]|file:/{2})/(?:ho" + "me|ro" + "ot|t" + "mp|Us" + "ers)/");

  /** Files that may name such a path, and why. */
  private static final Map<String, String> PATHS_ALLOWED = Map.of();

  @Test
  void no_file_names_a_package_registry() {
    assertEquals(List.of(), linesOf(House.texts(), REGISTRY_HOST));
  }

  @Test
  void no_file_names_a_place_on_a_machine() {
    Stream<SourceFile> files =
        House.texts().stream().filter(file -> !PATHS_ALLOWED.containsKey(file.path()));
    assertEquals(List.of(), linesOf(files.toList(), MACHINE_PATH));
  }

  @Test
  void every_invariant_names_its_test() {
    List<SourceFile> architecture =
        House.texts().stream().filter(file -> file.path().equals("ARCHITECTURE.md")).toList();
    List<String> unproved =
        architecture.stream().flatMap(file -> Invariants.unproved(file.text()).stream()).toList();
    assertEquals(List.of(), unproved);
  }

  @Test
  void every_suppression_has_a_reason() {
    List<String> bare =
        House.modules().stream()
            .flatMap(module -> House.sources(module, "src/main/java").stream())
            .flatMap(file -> bareSuppressions(file).stream())
            .toList();
    assertEquals(List.of(), bare);
  }

  @Test
  void the_repository_is_seen() {
    List<String> paths = House.texts().stream().map(SourceFile::path).toList();
    assertTrue(paths.size() > 100, () -> "files: " + paths.size() + " (expected: more than 100)");
    assertTrue(paths.containsAll(List.of("pom.xml", "LICENSE", ".editorconfig", "bom/pom.xml")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"repo1.mav~en.org", "repo.mav~en.apache.org", "oss.sona~type.org"})
  void a_planted_host_is_found(String host) {
    assertEquals(1, linesOf(planted("see https://" + join(host) + "/x"), REGISTRY_HOST).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/ho~me/me/x", "at /ro~ot/x", "\"/t~mp/x\"", "file:///t~mp/x", "x=/Us~ers/me"})
  void a_planted_path_is_found(String text) {
    assertEquals(1, linesOf(planted(join(text)), MACHINE_PATH).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /api/ho~me/x", "http://host/ro~ot/", "a/t~mp/b"})
  void another_path_is_none_of_a_machine(String text) {
    assertEquals(List.of(), linesOf(planted(join(text)), MACHINE_PATH));
  }

  @Test
  void a_planted_bare_suppression_is_found() {
    assertEquals(1, bareSuppressions(planted("\n@SuppressWarnings(\"x\")\nint a;").get(0)).size());
    assertEquals(1, bareSuppressions(planted("@SuppressWarnings(\"x\")").get(0)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"@SuppressWarnings(\"x\") // why", "// why\n@SuppressWarnings(\"x\")\nint a;"})
  void a_reason_beside_or_above_is_enough(String text) {
    assertEquals(List.of(), bareSuppressions(planted(text).get(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no test at all",
        "wrong class: `NowhereTest`",
        "wrong method: `RepositoryHygieneTest.no_such_method`",
        "wrong ending: `RepositoryHygieneTest.no_file_names_a_place`",
        "no test: `House.root`",
        "test first: `RepositoryHygieneTest` and then `House`"
      })
  void a_planted_invariant_without_a_test_is_found(String invariant) {
    assertEquals(1, Invariants.unproved("text\n*Invariant:* " + invariant + "\n\nmore").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a class: `RepositoryHygieneTest`",
        "a `word`, a method: `RepositoryHygieneTest.no_file_names_a_package_registry`.",
        "an inherited one:\n`RoundRobinTest.picks_nothing_from_an_empty_set`",
        "shortened: `RepositoryHygieneTest.no_file_names...`"
      })
  void an_invariant_with_a_test_is_sound(String invariant) {
    assertEquals(List.of(), Invariants.unproved("*Invariant:* " + invariant));
  }

  private static List<String> linesOf(List<SourceFile> files, Pattern pattern) {
    Function<SourceFile, Stream<String>> breaches =
        file ->
            file.lines().stream()
                .filter(line -> pattern.matcher(line).find())
                .map(line -> file.path() + ": " + line.strip());
    return files.stream().flatMap(breaches).toList();
  }

  private static List<String> bareSuppressions(SourceFile file) {
    List<String> lines = file.lines();
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).contains("@SuppressWarnings") && !lines.get(i).contains(" // "))
        .filter(i -> i == 0 || !lines.get(i - 1).strip().startsWith("//"))
        .mapToObj(i -> file.path() + ":" + (i + 1) + ": no reason beside it")
        .toList();
  }

  private static List<SourceFile> planted(String text) {
    return List.of(new SourceFile("planted/src/main/java/Planted.java", text));
  }

  private static String join(String pieces) {
    return pieces.replace("~", "");
  }
}
