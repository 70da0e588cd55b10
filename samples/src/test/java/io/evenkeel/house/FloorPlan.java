package io.evenkeel.house;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which module holds which packages and may use what, as in the design's floor plan: the one table
 * from which the rules are made. A new module is a row here and a dependency of samples.
 */
final class FloorPlan {
  /** What every module may use. */
  private static final List<String> GROUND = List.of("java..", "javax.net..", "org.jspecify..");

  /** 45 % of a module's types, unless its row has a reason for more. */
  private static final int USUAL = 45;

  /** Not published and seen by no module: only its sources are looked at. */
  static final String UNSEEN = "benchmarks";

  // module, least number of class files, most public types in 100, own packages, neighbours
  static final List<Row> ROWS =
      List.of(
          // 100: all of it is what the other modules and the users see
          row("sdk-api", 40, 100, "model registrar registry strategy time", ""),
          row("backend-inmemory", 14, USUAL, "inmemory", "sdk-api"),
          row("backend-hazelcast", 5, USUAL, "hazelcast", "sdk-api com.hazelcast.."),
          row("backend-http", 5, USUAL, "http", "sdk-api io.vertx.."),
          // 70: five packages that can meet only through public types, and their options
          row(
              "loadbalancer",
              40,
              70,
              "loadbalancer",
              "sdk-api io.github.resilience4j.. io.micrometer.."),
          // 50: a facade of three types before three
          row("client-vertx", 6, 50, "vertx", "loadbalancer sdk-api io.vertx.."),
          row("registry-server", 5, USUAL, "server", "sdk-api io.vertx.."),
          row(
              "cli",
              3,
              USUAL,
              "cli",
              "registry-server client-vertx loadbalancer sdk-api io.vertx.."),
          // 75: contracts to inherit and tools to call
          row(
              "testkit",
              12,
              75,
              "testkit",
              "sdk-api org.junit.. com.sun.net.httpserver.. com.sun.management.."),
          row(
              "samples",
              15,
              USUAL,
              "samples",
              "client-vertx loadbalancer backend-inmemory backend-hazelcast backend-http sdk-api io.vertx.."));

  private FloorPlan() {}

  /**
   * A module.
   *
   * @param module its folder
   * @param floor how many class files it has at least: a rule over nothing proves nothing
   * @param publicShare how many of 100 types may be public
   * @param packages its packages, each with those below it
   * @param neighbours the modules it may use, and the packages of libraries
   */
  record Row(
      String module, int floor, int publicShare, List<String> packages, List<String> neighbours) {

    boolean isPublished() {
      return !module.equals("samples");
    }

    /** Whether the module is there; the row of a later one waits for it. */
    boolean isBuilt() {
      return House.modules().contains(module);
    }

    boolean holds(String packageName) {
      return packages.stream().anyMatch(own -> (packageName + ".").startsWith(own + "."));
    }

    String[] patterns() {
      return packages.stream().map(own -> own + "..").toArray(String[]::new);
    }

    String[] mayUse() {
      Stream<String> others =
          neighbours.stream().flatMap(name -> name.endsWith("..") ? Stream.of(name) : of(name));
      return Stream.of(Stream.of(patterns()), others, GROUND.stream())
          .flatMap(part -> part)
          .toArray(String[]::new);
    }

    private static Stream<String> of(String module) {
      Row neighbour =
          ROWS.stream().filter(row -> row.module.equals(module)).findFirst().orElseThrow();
      return Stream.of(neighbour.patterns());
    }
  }

  static List<Row> built() {
    return ROWS.stream().filter(Row::isBuilt).toList();
  }

  private static Row row(
      String module, int floor, int publicShare, String packages, String neighbours) {
    List<String> own = words(packages).map(name -> "io.evenkeel." + name).toList();
    return new Row(module, floor, publicShare, own, words(neighbours).toList());
  }

  private static Stream<String> words(String line) {
    return Stream.of(line.split(" ")).filter(word -> !word.isEmpty());
  }
}
