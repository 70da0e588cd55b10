package io.evenkeel.house;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which module holds which packages and may use what, as in the design's floor plan: the one table
 * from which the rules are made. A new module is a row here and a dependency of samples.
 */
final class FloorPlan {
  /** What every module may use. */
  private static final List<String> GROUND = List.of("java..", "javax.net..", "org.jspecify..");

  /** Not published and seen by no module: only its sources are looked at, and of those below it. */
  static final String UNSEEN = "benchmarks";

  // classes: how many there are at least. public: how many types in 100 may be; 45, or see why.
  private static final String TABLE =
      """
      module            | classes | public | packages                               | may use
      sdk-api           | 40      | 100    | model registrar registry strategy time |
      backend-inmemory  | 14      | 45     | inmemory     | sdk-api
      backend-hazelcast | 5       | 45     | hazelcast    | sdk-api com.hazelcast..
      backend-http      | 5       | 70     | http         | sdk-api io.vertx.. com.fasterxml.jackson..
      loadbalancer      | 40      | 70     | loadbalancer | sdk-api io.github.resilience4j.. io.micrometer.. com.sun.management..
      client-vertx      | 6       | 50     | vertx        | sdk-api loadbalancer io.vertx.. javax.crypto..
      registry-server   | 5       | 70     | server       | sdk-api io.vertx.. io.netty.. com.fasterxml.jackson.. com.github.f4b6a3.ulid.. io.micrometer..
      cli               | 3       | 45     | cli          | sdk-api loadbalancer client-vertx registry-server io.vertx.. picocli.. com.fasterxml.jackson..
      testkit           | 12      | 75     | testkit      | sdk-api org.junit.. com.sun.net.httpserver.. com.sun.management..
      samples           | 15      | 45     | samples      | sdk-api loadbalancer client-vertx backend-inmemory backend-hazelcast backend-http registry-server io.vertx.. com.hazelcast..
      """;

  /** Why more than 45 % of a module's types may be public. */
  static final Map<String, String> OPEN =
      Map.of(
          "sdk-api", "it is the API: what the other modules and the users see",
          "backend-http", "its packages can meet only through public types; two are exported",
          "registry-server", "its packages can meet only through public types; one is exported",
          "loadbalancer", "its packages can meet only through public types; and their options",
          "client-vertx", "three types to use, before the three that do the work",
          "testkit", "contracts to inherit and tools to call");

  static final List<Row> ROWS = TABLE.lines().skip(1).map(FloorPlan::read).toList();

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
          neighbours.stream()
              .flatMap(
                  name -> name.endsWith("..") ? Stream.of(name) : Stream.of(row(name).patterns()));
      return Stream.of(Stream.of(patterns()), others, GROUND.stream())
          .flatMap(part -> part)
          .toArray(String[]::new);
    }
  }

  static List<Row> built() {
    return ROWS.stream().filter(Row::isBuilt).toList();
  }

  static Row row(String module) {
    return ROWS.stream().filter(row -> row.module.equals(module)).findFirst().orElseThrow();
  }

  private static Row read(String line) {
    List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    int classes = Integer.parseInt(cells.get(1));
    int publicShare = Integer.parseInt(cells.get(2));
    List<String> packages = words(cells.get(3)).map(name -> "io.evenkeel." + name).toList();
    return new Row(cells.get(0), classes, publicShare, packages, words(cells.get(4)).toList());
  }

  private static Stream<String> words(String cell) {
    return Stream.of(cell.split(" +")).filter(word -> !word.isEmpty());
  }
}
