package io.evenkeel.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.peers.ClassPaths.ClassPath;
import io.evenkeel.benchmarks.peers.Lineup.Entrant;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathsTest {
  private static final Entrant GRPC = new Entrant("grpc", "gRPC", "peers.grpc.X", "grpc-util");
  private static final String OUTPUT =
      """
      [INFO] BUILD FAILURE
      [ERROR] Failed to execute goal on project evenkeel-peer-vertx: Could not resolve dependencies: gone
      [ERROR] Failed to execute goal on project evenkeel-peer-grpc: Could not find artifact io.grpc:grpc-util
      [ERROR] -> [Help 1]
      """;

  @TempDir Path folder;

  @Test
  void a_peer_that_was_built_has_its_class_path_and_version() throws IOException {
    Path target = Files.createDirectories(folder.resolve("grpc/target"));
    String jars = "/m/grpc-util-1.76.0-jre.jar" + File.pathSeparator + "/m/grpc-util-x-2.0.jar";
    Files.writeString(target.resolve("class-path"), jars + "\n");
    String path = target.resolve("classes") + File.pathSeparator + jars;
    assertEquals(
        new ClassPath.Present(path, "1.76.0-jre"), ClassPaths.below(folder).found(GRPC, OUTPUT));
  }

  @Test
  void a_peer_that_was_not_is_absent_for_the_reason_that_names_it() throws IOException {
    assertEquals(
        new ClassPath.Absent(
            "on project evenkeel-peer-grpc: Could not find artifact io.grpc:grpc-util"),
        ClassPaths.below(folder).found(GRPC, OUTPUT));
  }

  @Test
  void an_error_that_names_no_peer_is_the_reason_of_all() throws IOException {
    assertEquals(
        new ClassPath.Absent("Non-resolvable parent POM"),
        ClassPaths.below(folder)
            .found(GRPC, "[ERROR] Non-resolvable parent POM\n[ERROR] [Help 2]"));
  }

  @Test
  void a_class_path_of_an_earlier_build_is_not_believed() throws Exception {
    Path target = Files.createDirectories(folder.resolve("grpc/target"));
    Files.writeString(target.resolve("class-path"), "/m/grpc-util-1.76.0.jar");
    Map<String, ClassPath> paths = withoutMaven(List.of(GRPC, Lineup.entrant("evenkeel")));
    assertTrue(paths.get("grpc") instanceof ClassPath.Absent);
    assertTrue(paths.get("evenkeel") instanceof ClassPath.Present);
  }

  private Map<String, ClassPath> withoutMaven(List<Entrant> entrants) throws Exception {
    return new ClassPaths(folder, folder.resolve("no-maven-here").toString())
        .of(entrants, folder.resolve("maven.log"));
  }
}
