package io.evenkeel.benchmarks.laboratory.world;

import java.time.Duration;

/**
 * What is between clients and servers.
 *
 * @param roundTrip time on the wire, both ways together
 * @param deadline after which a client gives a request up
 */
public record Wire(Duration roundTrip, Duration deadline) {

  /** Checks that an answer can come in time. */
  public Wire {
    if (roundTrip.compareTo(deadline) >= 0) {
      throw new IllegalArgumentException(
          "roundTrip: " + roundTrip + " (expected: less than the deadline)");
    }
  }
}
