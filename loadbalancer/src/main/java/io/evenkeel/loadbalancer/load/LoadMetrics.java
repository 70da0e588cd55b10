package io.evenkeel.loadbalancer.load;

import io.evenkeel.strategy.LoadReport;

/** The metrics of an ORCA report that we know, one after the other as the wire has them. */
final class LoadMetrics {
  static final String APPLICATION = "application_utilization";
  static final String PROCESSOR = "cpu_utilization";
  static final String RATE = "rps_fractional";
  static final String WHOLE_RATE = "rps"; // deprecated, and still sent
  static final String ERRORS = "eps";
  static final String IN_FLIGHT = "named_metrics.requests_in_flight";
  static final String LATENCY = "named_metrics.latency_seconds";

  static final double SECOND = 1e9; // nanoseconds

  /** Of whatever it is, nobody has more. */
  private static final double MOST = 1e9;

  private double application = Double.NaN;
  private double processor = Double.NaN;
  private double rate = Double.NaN;
  private double wholeRate = Double.NaN;
  private double errors = Double.NaN;
  private double inFlight = Double.NaN;
  private double latency = Double.NaN;

  static boolean isKnown(String name) {
    return switch (name) {
      case APPLICATION, PROCESSOR, RATE, WHOLE_RATE, ERRORS, IN_FLIGHT, LATENCY -> true;
      default -> false;
    };
  }

  /** Takes a metric; false if it cannot be true. One that is not known changes nothing. */
  boolean set(String name, double value) {
    switch (name) {
      case APPLICATION -> application = value;
      case PROCESSOR -> processor = value;
      case RATE -> rate = value;
      case WHOLE_RATE -> wholeRate = value;
      case ERRORS -> errors = value;
      case IN_FLIGHT -> inFlight = value;
      case LATENCY -> latency = value;
      default -> {
        return true;
      }
    }
    return value >= 0 && value <= MOST;
  }

  /** As gRFC A58 has it: the application's own idea of its utilization before the processor's. */
  LoadReport toReport() {
    return new LoadReport(
        application > 0 || Double.isNaN(processor) ? application : processor,
        Double.isNaN(rate) ? wholeRate : rate,
        errors,
        inFlight,
        latency * SECOND);
  }
}
