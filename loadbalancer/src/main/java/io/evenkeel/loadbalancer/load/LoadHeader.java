package io.evenkeel.loadbalancer.load;

import io.evenkeel.strategy.LoadReport;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load report as the value of an HTTP header: {@code TEXT application_utilization=0.4,
 * rps_fractional=120.5, eps=0.2, named_metrics.requests_in_flight=3,
 * named_metrics.latency_seconds=0.012}. Source: the Open Request Cost Aggregation (ORCA) load
 * report of xDS, in the header format of Envoy and gRFC A51; the two named metrics are ours.
 *
 * <p>What comes from the wire is not trusted: a header that is too long, or has a figure that is no
 * number, negative or beyond 10⁹, is no report. Metrics that are not known are not looked at.
 */
public final class LoadHeader {
  /** The header's name. */
  public static final String NAME = "endpoint-load-metrics";

  private static final int MOST_CHARACTERS = 2048;
  private static final String TEXT = "TEXT ";

  private LoadHeader() {}

  /**
   * The report in a header of the form {@code TEXT}; null when there is none in it. The other forms
   * need a parser that this module does without: JSON is for {@link #fromMetrics}, and {@code BIN},
   * a protocol buffer, is what gRPC servers send in trailers that HTTP clients do not read.
   */
  public static @Nullable LoadReport read(String value) {
    if (!value.startsWith(TEXT) || isTooLong(value)) {
      return null;
    }
    LoadMetrics metrics = new LoadMetrics();
    int from = TEXT.length();
    while (from < value.length()) {
      int comma = value.indexOf(',', from);
      int to = comma < 0 ? value.length() : comma;
      if (!readPair(value.substring(from, to), metrics)) {
        return null;
      }
      from = to + 1;
    }
    return metrics.toReport();
  }

  /** Whether a header is longer than any report. */
  public static boolean isTooLong(String value) {
    return value.length() > MOST_CHARACTERS;
  }

  /** A name and its value, with {@code =} or, as some servers have it, a colon between them. */
  private static boolean readPair(String pair, LoadMetrics metrics) {
    int equals = pair.indexOf('=');
    int between = equals < 0 ? pair.indexOf(':') : equals;
    if (between < 0) {
      return pair.isBlank();
    }
    String name = pair.substring(0, between).strip();
    if (!LoadMetrics.isKnown(name)) {
      return true;
    }
    try {
      return metrics.set(name, Double.parseDouble(pair.substring(between + 1)));
    } catch (NumberFormatException e) {
      return false; // which is all there is to say of it
    }
  }

  /**
   * The report in metrics by name, as the fields of the ORCA report are called: {@code
   * rps_fractional}, {@code named_metrics.requests_in_flight}. Null when one of them is not finite,
   * negative or too large.
   */
  public static @Nullable LoadReport fromMetrics(Map<String, ? extends Number> byName) {
    LoadMetrics metrics = new LoadMetrics();
    for (Map.Entry<String, ? extends Number> metric : byName.entrySet()) {
      if (!metrics.set(metric.getKey(), metric.getValue().doubleValue())) {
        return null;
      }
    }
    return metrics.toReport();
  }

  /** The report as a header of the form {@code TEXT}; what it does not say is left out. */
  public static String write(LoadReport report) {
    StringBuilder text = new StringBuilder(160).append(TEXT);
    append(text, LoadMetrics.APPLICATION, report.utilization());
    append(text, LoadMetrics.RATE, report.requestsPerSecond());
    append(text, LoadMetrics.ERRORS, report.errorsPerSecond());
    append(text, LoadMetrics.IN_FLIGHT, report.requestsInFlight());
    append(text, LoadMetrics.LATENCY, report.latencyNanos() / LoadMetrics.SECOND);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, double value) {
    if (!Double.isNaN(value)) {
      String separator = text.length() > TEXT.length() ? ", " : "";
      text.append(separator).append(name).append('=').append(Math.rint(value * 1e6) / 1e6);
    }
  }
}
