package io.evenkeel.benchmarks.peers;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who is measured at what: two tables. A peer is a row in each, and a folder with its adapter. */
final class Lineup {
  /** The peer that is us, and the one that is no load balancer at all. */
  static final String OURS = "evenkeel";

  static final String FLOOR = "floor";

  /** The operation that is not for several threads at once. */
  static final String UPDATE = "update";

  // jar: what its version is read off
  private static final String PEERS =
      """
      peer        | title                     | adapter                           | jar
      floor       | floor                     | Floors                            |
      evenkeel    | Evenkeel                  | OwnStrategies                     |
      vertx       | Vert.x                    | peers.vertx.VertxPeer             | vertx-core
      armeria     | Armeria                   | peers.armeria.ArmeriaPeer         | armeria
      grpc        | gRPC                      | peers.grpc.GrpcPeer               | grpc-util
      servicetalk | ServiceTalk               | peers.servicetalk.ServiceTalkPeer | servicetalk-loadbalancer
      stork       | SmallRye Stork            | peers.stork.StorkPeer             | stork-core
      spring      | Spring Cloud LoadBalancer | peers.spring.SpringPeer           | spring-cloud-loadbalancer
      dubbo       | Dubbo                     | peers.dubbo.DubboPeer             | dubbo-cluster
      ribbon      | Ribbon                    | peers.ribbon.RibbonPeer           | ribbon-loadbalancer
      finagle     | Finagle                   | peers.finagle.FinaglePeer         | finagle-core_2.13
      """;

  // floor: the same idea with nothing around it. least to latency are pick + begin + end.
  private static final String CONTESTANTS =
      """
      op          | peer        | choice                      | floor
      round robin | floor       | striped-counter             |
      round robin | floor       | atomic-counter              |
      round robin | evenkeel    | round-robin                 | striped-counter
      round robin | vertx       | round-robin                 | striped-counter
      round robin | armeria     | round-robin                 | striped-counter
      round robin | grpc        | round-robin                 | striped-counter
      round robin | servicetalk | round-robin                 | striped-counter
      round robin | stork       | round-robin                 | striped-counter
      round robin | spring      | round-robin                 | striped-counter
      round robin | dubbo       | round-robin                 | striped-counter
      round robin | ribbon      | round-robin                 | striped-counter
      random      | floor       | random                      |
      random      | evenkeel    | random                      | random
      random      | vertx       | random                      | random
      random      | stork       | random                      | random
      random      | spring      | random                      | random
      random      | dubbo       | random                      | random
      random      | ribbon      | random                      | random
      weighted    | floor       | sequence                    |
      weighted    | floor       | alias-table                 |
      weighted    | evenkeel    | smooth-weighted-round-robin | sequence
      weighted    | evenkeel    | weighted-random             | alias-table
      weighted    | armeria     | weighted-round-robin        | sequence
      weighted    | grpc        | weighted-round-robin        | sequence
      weighted    | spring      | weighted                    | sequence
      weighted    | spring      | weighted-cached             | sequence
      weighted    | dubbo       | weighted-round-robin        | sequence
      weighted    | dubbo       | weighted-random             | alias-table
      hash        | floor       | ring                        |
      hash        | evenkeel    | consistent-hashing          | ring
      hash        | evenkeel    | maglev                      | ring
      hash        | evenkeel    | rendezvous                  | ring
      hash        | vertx       | consistent-hashing          | ring
      hash        | armeria     | sticky                      | ring
      hash        | grpc        | ring-hash                   | ring
      hash        | dubbo       | consistent-hash             | ring
      least       | floor       | scan                        |
      least       | evenkeel    | least-connections           | scan
      least       | evenkeel    | weighted-least-connections  | scan
      least       | vertx       | least-requests              | scan
      least       | stork       | least-requests              | scan
      least       | dubbo       | least-active                | scan
      least       | ribbon      | best-available              | scan
      least       | finagle     | heap                        | scan
      two choices | floor       | two-random                  |
      two choices | evenkeel    | power-of-two-choices        | two-random
      two choices | evenkeel    | power-of-d-choices          | two-random
      two choices | vertx       | power-of-two-choices        | two-random
      two choices | grpc        | least-request               | two-random
      two choices | servicetalk | p2c                         | two-random
      two choices | stork       | power-of-two-choices        | two-random
      two choices | finagle     | p2c                         | two-random
      latency     | floor       | two-ewma                    |
      latency     | evenkeel    | peak-ewma                   | two-ewma
      latency     | evenkeel    | least-response-time         | two-ewma
      latency     | evenkeel    | adaptive                    | two-ewma
      latency     | stork       | least-response-time         | two-ewma
      latency     | ribbon      | weighted-response-time      | two-ewma
      latency     | finagle     | p2c-peak-ewma               | two-ewma
      update      | floor       | copy                        |
      update      | evenkeel    | rotation                    | copy
      update      | evenkeel    | update round-robin          | copy
      update      | evenkeel    | update least-connections    | copy
      update      | evenkeel    | update weighted-random      | copy
      update      | evenkeel    | update consistent-hashing   | copy
      update      | evenkeel    | update adaptive             | copy
      update      | vertx       | update                      | copy
      update      | armeria     | update                      | copy
      update      | grpc        | update                      | copy
      update      | servicetalk | update                      | copy
      update      | ribbon      | update                      | copy
      update      | finagle     | update                      | copy
      """;

  private Lineup() {}

  /**
   * A load balancer.
   *
   * @param key its folder below {@code benchmarks/peers}
   * @param title what people call it
   * @param adapter the class that offers it
   * @param jar the name of its jar without the version; empty for what is built here
   */
  record Entrant(String key, String title, String adapter, String jar) {
    boolean isForeign() {
      return !jar.isEmpty();
    }
  }

  /**
   * One of a peer's ways to do an operation.
   *
   * @param floor the choice of the floor that it is compared with; empty for a floor
   */
  record Contestant(String op, String peer, String choice, String floor) {
    boolean isFloor() {
      return peer.equals(FLOOR);
    }

    boolean isOurs() {
      return peer.equals(OURS);
    }
  }

  static List<Entrant> entrants() {
    return rows(PEERS)
        .map(
            cells ->
                new Entrant(
                    cells.get(0),
                    cells.get(1),
                    "io.evenkeel.benchmarks." + cells.get(2),
                    cells.get(3)))
        .toList();
  }

  static Entrant entrant(String key) {
    return entrants().stream().filter(one -> one.key.equals(key)).findFirst().orElseThrow();
  }

  static List<Contestant> contestants() {
    return rows(CONTESTANTS)
        .map(cells -> new Contestant(cells.get(0), cells.get(1), cells.get(2), cells.get(3)))
        .toList();
  }

  /**
   * Those whose operation or peer the pattern finds, as in {@code least} or {@code grpc|vertx}; and
   * ours and the floors at the same operations, since a figure alone tells nothing.
   */
  static List<Contestant> matching(Pattern pattern) {
    List<Contestant> all = contestants();
    List<Contestant> found =
        all.stream().filter(one -> pattern.matcher(one.op + " " + one.peer).find()).toList();
    List<String> ops = found.stream().map(Contestant::op).distinct().toList();
    return all.stream()
        .filter(
            one -> found.contains(one) || ((one.isFloor() || one.isOurs()) && ops.contains(one.op)))
        .toList();
  }

  private static Stream<List<String>> rows(String table) {
    return table.lines().skip(1).map(Lineup::cells);
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
  }
}
