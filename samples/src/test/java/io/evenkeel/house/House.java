package io.evenkeel.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository on disk, found from the working directory upwards. */
final class House {
  /** What a build or an editor leaves behind; nobody commits it. */
  private static final Set<String> NOT_OURS =
      Set.of(".git", "target", ".idea", ".vscode", ".settings", "node_modules");

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private House() {}

  /** The nearest folder upwards whose pom lists modules. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!isParent(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("working directory: not below the parent pom");
      }
    }
    return folder;
  }

  private static boolean isParent(Path pom) {
    try {
      return Files.exists(pom) && Files.readString(pom).contains("<modules>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The modules of the parent pom that have sources, and the peers that no build has. */
  static List<String> modules() {
    return Stream.concat(modulesOf(""), modulesOf("benchmarks/peers/"))
        .filter(module -> !module.equals("bom"))
        .distinct()
        .toList();
  }

  private static Stream<String> modulesOf(String folder) {
    return MODULE
        .matcher(SourceFile.read(root().resolve(folder + "pom.xml")).text())
        .results()
        .map((MatchResult module) -> folder + module.group(1));
  }

  /** Every text file that a clone would have, as far as the file system tells. */
  static List<SourceFile> texts() {
    return filesBelow(root()).stream()
        .map(SourceFile::read)
        .filter(file -> file.text().indexOf('\0') < 0)
        .toList();
  }

  /** What stands at the root. */
  static List<String> rootEntries() {
    try (Stream<Path> entries = Files.list(root())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !NOT_OURS.contains(name))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java sources below a folder of a module, such as {@code src/main}; none if it is absent. */
  static List<SourceFile> sources(String module, String folder) {
    Path start = root().resolve(module).resolve(folder);
    return filesBelow(start).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .map(SourceFile::read)
        .toList();
  }

  private static List<Path> filesBelow(Path start) {
    List<Path> files = new ArrayList<>();
    try {
      if (Files.exists(start)) {
        Files.walkFileTree(start, collector(files));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }

  private static SimpleFileVisitor<Path> collector(List<Path> files) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        boolean skipped = NOT_OURS.contains(folder.getFileName().toString());
        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!NOT_OURS.contains(file.getFileName().toString())) {
          files.add(file); // .git is a file in a worktree
        }
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
