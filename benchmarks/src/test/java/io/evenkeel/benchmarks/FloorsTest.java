package io.evenkeel.benchmarks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloorsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array",
        "atomic-counter",
        "striped-counter",
        "sequence",
        "random",
        "alias-table",
        "ring",
        "scan-pick",
        "scan",
        "two-random-pick",
        "two-random",
        "two-ewma",
        "copy"
      })
  void every_floor_holds_a_lone_instance_and_ten_thousand(String floor) throws Exception {
    assertNotNull(new Floors().operation(floor, 1).once(new Keys()));
    assertNotNull(new Floors().operation(floor, 10_000).once(new Keys()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"round-robin", "maglev", "adaptive", "rotation", "update consistent-hashing"})
  void ours_are_measured_by_name(String choice) throws Exception {
    assertNotNull(new OwnStrategies().operation(choice, 10).once(new Keys()));
  }

  @Test
  void an_unknown_name_is_refused() {
    for (Peer peer : new Peer[] {new Floors(), new OwnStrategies()}) {
      assertThrows(IllegalArgumentException.class, () -> peer.operation("best", 10));
    }
  }
}
