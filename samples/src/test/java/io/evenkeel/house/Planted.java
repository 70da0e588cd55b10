package io.evenkeel.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A fault planted to prove a rule: a few lines compiled where the rule must see them, in packages
 * named as the real ones, which no class path ever holds.
 *
 * @param rules the descriptions of the rules it breaks, and of no others
 * @param sources by the type each declares, as {@code package.Type}
 */
record Planted(Set<String> rules, List<Source> sources) {

  record Source(String type, String text) {}

  /** A class of this name with these members. */
  static Planted in(String type, String members, String... rules) {
    return new Planted(new TreeSet<>(Arrays.asList(rules)), List.of(source(type, members)));
  }

  Planted and(String type, String members) {
    return new Planted(rules, List.of(sources.get(0), source(type, members)));
  }

  private static Source source(String type, String members) {
    int dot = type.lastIndexOf('.');
    String text =
        "package %s; public class %s { %s }"
            .formatted(type.substring(0, dot), type.substring(dot + 1), members);
    return new Source(type, text);
  }

  /** Compiles everything into a folder, and reads it as the real classes are read. */
  static JavaClasses grow(List<Planted> faults, Path folder) {
    List<JavaFileObject> units =
        faults.stream()
            .flatMap(fault -> fault.sources.stream())
            .map(source -> javaFile(source.type.replace('.', '/') + ".java", source.text))
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-nowarn", "-d", folder.toString());
    if (!compiler.getTask(null, null, null, options, null, units).call()) {
      throw new IllegalStateException("planted faults: do not compile");
    }
    return new ClassFileImporter().importPath(folder);
  }

  static JavaFileObject javaFile(String path, String text) {
    return new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  boolean declares(String typeName) {
    return sources.stream().anyMatch(source -> (typeName + "$").startsWith(source.type + "$"));
  }

  @Override
  public String toString() {
    return String.join(", ", rules) + " by " + sources.get(0).type;
  }
}
