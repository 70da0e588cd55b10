package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, and what {@link SyntaxRules} sees, in every source of every module, tests included. */
class SourceTest {
  private static final int FILE_LINES = 400;
  private static final int STRATEGY_LINES = 120;
  // 1,500 is the house's measure; the load report, which servers write and custom strategies read,
  // has no other place
  private static final int SDK_API_CODE_LINES = 1_520;

  @Test
  void no_source_breaks_a_rule_of_syntax() {
    assertEquals(List.of(), SyntaxRules.violations(sources()));
  }

  @Test
  void no_source_is_too_long() {
    assertEquals(List.of(), tooLong(sources()));
  }

  @Test
  void the_api_is_small() {
    long lines =
        House.sources("sdk-api", "src/main/java").stream().mapToLong(SourceFile::codeLines).sum();
    assertTrue(lines <= SDK_API_CODE_LINES, "sdk-api: " + lines + " lines (expected: <= 1520)");
  }

  @Test
  void comments_and_blank_lines_are_no_code() {
    String text = "/** A\n * b. */\nclass A { // c\n\n  // d\n  /* e */\n}\n";
    assertEquals(2, new SourceFile("sdk-api/src/main/java/A.java", text).codeLines());
  }

  @Test
  void every_module_has_sources() {
    for (FloorPlan.Row row : FloorPlan.built()) {
      assertTrue(!House.sources(row.module(), "src").isEmpty(), row.module() + ": no sources");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "long now = System.nanoTime();",
        "java.util.function.LongSupplier now = System::nanoTime;",
        "Object now = Instant.now();",
        "void nap() throws Exception { Thread.sleep(1); }",
        "void run() { try { run(); } catch (Throwable all) { } }",
        "void run() { synchronized (this) { } }",
        "void ask(Vertx vertx) { vertx.createHttpClient().request(GET, \"/\"); }",
        "void ask() { vertx.httpClientBuilder().with(pool).build().request(GET, \"/\"); }",
        "void ask() { HttpClient client = vertx.createHttpClient(); client.request(GET, \"/\"); }",
        "void ask() { WebClient client = WebClient.create(vertx); client.get(\"/\").send(); }",
        "void ask() { vertx.createNetClient(); }",
        "void run(int a, int b, int c, int d, int e, int f) { }",
        "void run()"
            + " {\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
            + "}"
      })
  void a_planted_fault_is_found(String member) {
    SourceFile faulty = strategy("class Faulty { " + member + " }");
    assertEquals(1, SyntaxRules.violations(List.of(faulty)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "long now(TimeSource t) { return t.nanoTime(); }",
        "HttpClient client = vertx.createHttpClient();",
        "Sound(Vertx vertx) { this.client = vertx.httpClientBuilder().with(pool).build(); }",
        "HttpClient client(Vertx vertx) { return vertx.createHttpClient(); }",
        "Load load() { HttpClient client = vertx.createHttpClient(); return new Load(client); }",
        "void ask() { HttpClient c = vertx.createHttpClient(); c.request(GET, u); c.close(); }",
        "Load load() { return new Load(WebClient.create(vertx)); }"
      })
  void sound_code_is_not_a_fault(String member) {
    SourceFile sound = strategy("class Sound { " + member + " }");
    assertEquals(List.of(), SyntaxRules.violations(List.of(sound)));
  }

  @Test
  void a_long_file_is_found() {
    SourceFile longOne = new SourceFile("sdk-api/src/main/java/Long.java", "\n".repeat(401));
    assertEquals(List.of("sdk-api/src/main/java/Long.java: 401 lines"), tooLong(List.of(longOne)));
  }

  @Test
  void a_long_strategy_is_found() {
    assertEquals(1, tooLong(List.of(strategy("\n".repeat(121)))).size());
    assertEquals(0, tooLong(List.of(strategy("\n".repeat(120)))).size());
  }

  private static SourceFile strategy(String text) {
    return new SourceFile("loadbalancer/src/main/java/strategy/Planted.java", text);
  }

  private static List<SourceFile> sources() {
    return House.modules().stream()
        .flatMap(
            module ->
                Stream.of("src/main/java", "src/test/java")
                    .flatMap(folder -> House.sources(module, folder).stream()))
        .toList();
  }

  private static List<String> tooLong(List<SourceFile> sources) {
    return sources.stream()
        .filter(source -> source.lines().size() > cap(source))
        .map(source -> source.path() + ": " + source.lines().size() + " lines")
        .toList();
  }

  private static int cap(SourceFile source) {
    boolean strategy = source.isUnder("strategy") && source.isUnder("main");
    return strategy ? STRATEGY_LINES : FILE_LINES;
  }
}
