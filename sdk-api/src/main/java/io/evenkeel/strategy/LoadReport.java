package io.evenkeel.strategy;

/**
 * What an instance says of its own load, for all its clients together. Modelled on the Open Request
 * Cost Aggregation (ORCA) load report of xDS. Each figure is finite and at least 0, or NaN when the
 * instance did not say.
 *
 * @param utilization of what limits it, be it processor or threads; above 1 it is overloaded
 * @param requestsPerSecond it answers now
 * @param errorsPerSecond among them
 * @param requestsInFlight it works on now
 * @param latencyNanos it took lately for a request when about as many were in flight
 */
public record LoadReport(
    double utilization,
    double requestsPerSecond,
    double errorsPerSecond,
    double requestsInFlight,
    double latencyNanos) {

  /** Checks the bounds. */
  public LoadReport {
    refuse("utilization", utilization);
    refuse("requestsPerSecond", requestsPerSecond);
    refuse("errorsPerSecond", errorsPerSecond);
    refuse("requestsInFlight", requestsInFlight);
    refuse("latencyNanos", latencyNanos);
  }

  private static void refuse(String name, double value) {
    if (value < 0 || value > Double.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: finite and >= 0, or NaN when unknown)");
    }
  }
}
