package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.Measurement;

/** What is read off a run. */
public enum Metric {
  P50("p50 ms"),
  P99("p99 ms"),
  P999("p99.9 ms"),
  ERRORS("errors %"),
  IMBALANCE("imbalance");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /** As tables have it, with its unit. */
  public String label() {
    return label;
  }

  double of(Measurement run) {
    return switch (this) {
      case P50 -> run.latencies().quantile(0.5);
      case P99 -> run.latencies().quantile(0.99);
      case P999 -> run.latencies().quantile(0.999);
      case ERRORS -> run.errorPercent();
      case IMBALANCE -> run.imbalance();
    };
  }
}
