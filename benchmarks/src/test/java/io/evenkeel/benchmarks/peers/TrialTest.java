package io.evenkeel.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Contestant FLOOR = new Contestant("least", "floor", "scan", "");
  private static final Contestant OURS =
      new Contestant("least", "evenkeel", "least-connections", "scan");
  private static final Contestant COPY = new Contestant("update", "floor", "copy", "");

  @Test
  void those_of_a_heat_run_one_after_the_other() {
    assertEquals(
        List.of(
            new Trial(FLOOR, 3, 1),
            new Trial(OURS, 3, 1),
            new Trial(FLOOR, 10, 1),
            new Trial(OURS, 10, 1),
            new Trial(FLOOR, 10, 2),
            new Trial(OURS, 10, 2)),
        Trial.of(List.of(FLOOR, OURS), List.of(3, 10), List.of(10)));
  }

  @Test
  void all_operations_have_the_first_size_before_any_has_the_next() {
    List<Trial> trials = Trial.of(List.of(OURS, COPY), List.of(3, 10), List.of());
    assertEquals(List.of(3, 3, 10, 10), trials.stream().map(Trial::size).toList());
  }

  @Test
  void an_update_has_one_thread() {
    assertEquals(List.of(new Trial(COPY, 3, 1)), Trial.of(List.of(COPY), List.of(3), List.of(3)));
  }
}
