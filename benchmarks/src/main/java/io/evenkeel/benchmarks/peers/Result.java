package io.evenkeel.benchmarks.peers;

/** What came of a trial. */
sealed interface Result {
  Trial trial();

  /**
   * It was measured.
   *
   * @param nanos per operation, of the best iteration: on a shared machine the mean measures the
   *     neighbours
   * @param bytes allocated per operation
   */
  record Measured(Trial trial, double nanos, double bytes) implements Result {}

  /** It was not, and why. */
  record Missing(Trial trial, String reason) implements Result {}
}
