package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ModuleTree;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a module exports says what it is. */
class ExportedJavadocTest {

  static List<String> publishedModules() {
    return FloorPlan.built().stream()
        .filter(FloorPlan.Row::isPublished)
        .map(FloorPlan.Row::module)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("publishedModules")
  void everything_exported_is_explained(String module) {
    List<SourceFile> exported = exported(module);
    assertFalse(exported.isEmpty(), module + ": exports nothing");
    assertEquals(List.of(), MissingJavadoc.in(exported));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type T                  | public class T { }",
        "type T                  | /** */ public interface T { }",
        "type In                 | /** A. */ public class T { public static class In { } }",
        "method go               | /** A. */ public class T { protected void go() { } }",
        "method go               | /** A. */ public interface T { void go(); }",
        "method <init>           | /** A. */ public class T { protected T() { } }",
        "field ONE               | /** A. */ public class T { public static final int ONE = 1; }",
        "field ONE               | /** A. */ public enum T { ONE }",
        "component one           | /** A. */ public record T(int one) { }",
        "component two           | /** A. @param one it */ public record T(int one, int two) { }",
      })
  void a_planted_silence_is_found(String expected, String source) {
    String text = source.replace("@param", "\n@param").replace("*/", "\n*/");
    assertEquals(
        List.of("T.java: " + expected), MissingJavadoc.in(List.of(new SourceFile("T.java", text))));
  }

  @Test
  void a_silent_package_is_found() {
    SourceFile silent = new SourceFile("package-info.java", "package p;");
    assertEquals(List.of("package-info.java: package p"), MissingJavadoc.in(List.of(silent)));
  }

  @Test
  void what_nobody_sees_needs_no_word() {
    String text =
        """
        class Hidden { public void go() {} }
        /** A type. */
        public final class T {
          private T() {}
          void inside() {}
          @Override public String toString() { return ""; }
          static final class In { public int field; }
        }
        """;
    assertEquals(List.of(), MissingJavadoc.in(List.of(new SourceFile("T.java", text))));
  }

  private static List<SourceFile> exported(String module) {
    List<SourceFile> sources = House.sources(module, "src/main/java");
    Set<String> packages =
        Syntax.of(sources.stream().filter(file -> file.type().equals("module-info")).toList())
            .units()
            .stream()
            .flatMap(unit -> exports(unit).stream())
            .collect(Collectors.toSet());
    return sources.stream().filter(file -> packages.contains(file.packageName())).toList();
  }

  private static List<String> exports(CompilationUnitTree unit) {
    ModuleTree module = unit.getModule();
    return module.getDirectives().stream()
        .filter(ExportsTree.class::isInstance)
        .map(directive -> ((ExportsTree) directive).getPackageName().toString())
        .toList();
  }
}
