package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.strategy.Outcome;
import java.util.Arrays;

/**
 * What came of the requests that began in the measured window. A timeout counts with the deadline;
 * a request that failed otherwise is an error without a latency, so that failing fast does not look
 * like answering fast.
 */
public final class Measurement {
  private final long opens;
  private final long closes;
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final long[] perServer;
  private long begun;
  private long ended;
  private long errors;
  private double latencySum;
  private double latencySquares;

  /** Of requests that begin from {@code opens} on, before {@code closes}. */
  public Measurement(long opens, long closes, int servers) {
    this.opens = opens;
    this.closes = closes;
    this.perServer = new long[servers];
  }

  private boolean isMeasured(long start) {
    return start >= opens && start < closes;
  }

  /** A request found no server to go to. */
  public void nowhere(long start) {
    if (isMeasured(start)) {
      begun++;
      ended++;
      errors++;
    }
  }

  /** A request goes to a server; below 0 if nobody knows to which. */
  public void begin(long start, int server) {
    if (isMeasured(start)) {
      begun++;
      if (server >= 0) {
        perServer[server]++;
      }
    }
  }

  /** A request that began ends. */
  public void end(long start, long now, Outcome outcome) {
    if (isMeasured(start)) {
      ended++;
      errors += outcome.isSuccess() ? 0 : 1;
      if (outcome.isSuccess() || outcome.kind() == Outcome.Kind.TIMEOUT) {
        latencies.add(now - start);
        double millis = (now - start) / 1e6;
        latencySum += millis;
        latencySquares += millis * millis;
      }
    }
  }

  /** Whether the window has passed and all that began in it has ended. */
  public boolean isComplete(long now) {
    return now >= closes && ended == begun;
  }

  /** How many requests were measured. */
  public long requests() {
    return begun;
  }

  /** Latencies of all that were answered or given up. */
  public LatencyHistogram latencies() {
    return latencies;
  }

  /** Mean latency in milliseconds, exact. */
  public double meanMillis() {
    return latencySum / latencies.total();
  }

  /** Standard deviation of the latency in milliseconds, exact. */
  public double deviationMillis() {
    double mean = meanMillis();
    return Math.sqrt(Math.max(0, latencySquares / latencies.total() - mean * mean));
  }

  /** Failed and timed out, in per cent of all. */
  public double errorPercent() {
    return 100.0 * errors / begun;
  }

  /** Requests of the busiest server as a multiple of the mean. */
  public double imbalance() {
    double mean = Arrays.stream(perServer).average().orElse(1);
    return Arrays.stream(perServer).max().orElse(0) / mean;
  }
}
