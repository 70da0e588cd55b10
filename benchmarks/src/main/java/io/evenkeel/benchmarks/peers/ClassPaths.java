package io.evenkeel.benchmarks.peers;

import io.evenkeel.benchmarks.peers.Lineup.Entrant;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Has a Maven of its own build each peer's adapter and write down its class path. One whose
 * artifacts cannot be had keeps none of the others from being measured.
 */
final class ClassPaths {
  private static final Pattern FAILED =
      Pattern.compile("\\[ERROR\\] (?:Failed to execute goal )?(.*)");

  private final Path directory;
  private final String maven;

  /**
   * Over the folder that has a folder for each peer.
   *
   * @param directory {@code benchmarks/peers}
   * @param maven the program to run
   */
  ClassPaths(Path directory, String maven) {
    this.directory = directory;
    this.maven = maven;
  }

  /** With the Maven that runs this, or the one on the PATH. */
  static ClassPaths below(Path directory) {
    String home = System.getProperty("maven.home", "");
    return new ClassPaths(directory, home.isEmpty() ? "mvn" : home + "/bin/mvn");
  }

  /** Where a peer's classes are. */
  sealed interface ClassPath {
    /**
     * They are there.
     *
     * @param version as its jar says
     */
    record Present(String path, String version) implements ClassPath {}

    /** They cannot be had, and why. */
    record Absent(String reason) implements ClassPath {}
  }

  /** Builds the foreign ones; those from here have the class path of this process. */
  Map<String, ClassPath> of(List<Entrant> entrants, Path log)
      throws IOException, InterruptedException {
    List<Entrant> foreign = entrants.stream().filter(Entrant::isForeign).toList();
    for (Entrant entrant : foreign) {
      Files.deleteIfExists(written(entrant));
    }
    String output = foreign.isEmpty() ? "" : built(foreign, log);
    Map<String, ClassPath> paths = new LinkedHashMap<>();
    for (Entrant entrant : entrants) {
      paths.put(
          entrant.key(),
          entrant.isForeign()
              ? found(entrant, output)
              : new ClassPath.Present(System.getProperty("java.class.path"), ""));
    }
    return paths;
  }

  private String built(List<Entrant> foreign, Path log) throws IOException, InterruptedException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    try {
      new ProcessBuilder(command(foreign))
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      return "[ERROR] " + e.getMessage();
    }
    return Files.readString(log);
  }

  private List<String> command(List<Entrant> foreign) {
    List<String> command = new ArrayList<>(List.of(maven, "-B", "-ntp", "--fail-at-end"));
    command.addAll(List.of("-f", directory.resolve("pom.xml").toString(), "compile", "-am"));
    command.add("-pl");
    command.add(foreign.stream().map(Entrant::key).collect(Collectors.joining(",")));
    String repository = System.getProperty("maven.repo.local", "");
    if (!repository.isEmpty()) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    if (Boolean.getBoolean("maven.offline")) {
      command.add("-o");
    }
    return command;
  }

  /** What Maven left behind for a peer: its class path, or what it said. */
  ClassPath found(Entrant entrant, String output) throws IOException {
    Path file = written(entrant);
    if (!Files.exists(file)) {
      return new ClassPath.Absent(reason(entrant, output));
    }
    String jars = Files.readString(file).strip();
    Path classes = directory.resolve(entrant.key()).resolve("target").resolve("classes");
    return new ClassPath.Present(classes + File.pathSeparator + jars, version(entrant.jar(), jars));
  }

  private Path written(Entrant entrant) {
    return directory.resolve(entrant.key()).resolve("target").resolve("class-path");
  }

  private static String version(String jar, String jars) {
    Matcher matcher =
        Pattern.compile("[/\\\\]" + Pattern.quote(jar) + "-([0-9][^/\\\\:;]*)\\.jar").matcher(jars);
    return matcher.find() ? matcher.group(1) : "?";
  }

  /** The first error that names the peer's module, or the first at all. */
  private static String reason(Entrant entrant, String output) {
    Pattern module = Pattern.compile("evenkeel-peer-" + entrant.key() + "\\b");
    List<String> errors =
        output.lines().map(FAILED::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList();
    return errors.stream()
        .filter(error -> module.matcher(error).find())
        .findFirst()
        .or(() -> errors.stream().findFirst())
        .orElse("Maven wrote no class path and no error");
  }
}
