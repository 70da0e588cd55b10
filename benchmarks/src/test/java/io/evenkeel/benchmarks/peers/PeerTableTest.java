package io.evenkeel.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import io.evenkeel.benchmarks.peers.Result.Measured;
import io.evenkeel.benchmarks.peers.Result.Missing;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private static final Contestant FLOOR = new Contestant("least", "floor", "scan", "");
  private static final Contestant OURS =
      new Contestant("least", "evenkeel", "least-connections", "scan");
  private static final Contestant VERTX =
      new Contestant("least", "vertx", "least-requests", "scan");
  private static final Contestant STORK =
      new Contestant("least", "stork", "least-requests", "scan");
  private static final Contestant FINAGLE = new Contestant("least", "finagle", "heap", "scan");

  private final PeerTable table =
      new PeerTable(
          List.of(
              measured(FLOOR, 10, 20, 0),
              measured(OURS, 10, 30, 0),
              measured(VERTX, 10, 120, 96),
              measured(STORK, 10, 60, 237_000),
              new Missing(trial(FINAGLE, 10), "absent: \"gone\""),
              measured(OURS, 10_000, 150, 0),
              measured(VERTX, 10_000, 964_000, 96)),
          Map.of("vertx", "5.0.10"));

  @Test
  void a_cost_is_compared_with_the_floor_of_the_same_size() {
    assertEquals(OptionalDouble.of(1.5), table.toFloor(trial(OURS, 10)));
    assertEquals(OptionalDouble.empty(), table.toFloor(trial(OURS, 10_000)));
  }

  @Test
  void and_with_the_best_that_is_neither_us_nor_a_floor() {
    assertEquals(OptionalDouble.of(0.5), table.toBestPeer(trial(OURS, 10)));
    assertEquals(OptionalDouble.of(2), table.toBestPeer(trial(VERTX, 10)));
  }

  @Test
  void the_file_has_a_line_for_each_trial_also_for_those_that_were_not_measured() {
    List<String> lines = table.toCsv().lines().toList();
    assertEquals(8, lines.size());
    assertEquals(
        "least,1,10,vertx,5.0.10,least-requests,120.00,96.0,scan,6.00,2.00,", lines.get(3));
    assertEquals("least,1,10,finagle,,heap,,,scan,,,\"absent: \"\"gone\"\"\"", lines.get(5));
  }

  @Test
  void a_row_has_the_cost_its_multiple_of_the_floor_and_the_bytes() {
    String text = table.toMarkdown();
    assertTrue(text.contains("| Vert.x 5.0.10 least-requests | 120 (6.00) | 964 k | 96 |\n"), text);
    assertTrue(text.contains("| **Evenkeel** least-connections | 30 (1.50) | 150 | 0 |\n"), text);
    assertTrue(text.contains("| *best of ours : best peer* | 0.50 | 0.00 | |\n"), text);
  }

  @Test
  void what_is_missing_is_said_with_its_reason() {
    String text = table.toMarkdown();
    assertTrue(text.contains("| Finagle heap | – | – | – |\n"), text);
    assertTrue(
        text.endsWith("- Finagle: absent: \"gone\" (least, N=10, 1 thread: Finagle heap)\n"), text);
  }

  @Test
  void an_operation_of_which_nothing_was_measured_has_no_table() {
    Result none = new Missing(new Trial(FLOOR, 10, 2), "no time left");
    String text = new PeerTable(List.of(none), Map.of()).toMarkdown();
    assertEquals(
        List.of("### Not measured"), text.lines().filter(line -> line.startsWith("#")).toList());
  }

  private static Trial trial(Contestant contestant, int size) {
    return new Trial(contestant, size, 1);
  }

  private static Result measured(Contestant contestant, int size, double nanos, double bytes) {
    return new Measured(trial(contestant, size), nanos, bytes);
  }
}
