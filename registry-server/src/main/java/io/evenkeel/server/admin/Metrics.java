package io.evenkeel.server.admin;

import io.evenkeel.server.web.Listener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * The server's metrics. Labels come from fixed sets, never from a request, so that no client can
 * make series: the dialect, the method or {@code other}, the class of the status. Event loop only.
 */
public final class Metrics {
  private static final List<String> METHODS = List.of("GET", "PUT", "POST", "DELETE");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Counts and times the answers of a listener. */
  public Listener.Meter requests(String dialect) {
    Map<String, Timer> timers = new HashMap<>(); // at most 5 methods × 5 classes
    return (method, status, nanos) -> {
      String known = METHODS.contains(method) ? method : "other";
      String answered = status / 100 + "xx";
      timers
          .computeIfAbsent(known + answered, key -> timer(dialect, known, answered))
          .record(nanos, TimeUnit.NANOSECONDS);
    };
  }

  private Timer timer(String dialect, String method, String status) {
    return Timer.builder("evenkeel.server.requests")
        .description("Requests by dialect, method and class of the status")
        .tag("dialect", dialect)
        .tag("method", method)
        .tag("status", status)
        .register(registry);
  }

  /** Shows a number that is read whenever it is asked for. */
  public void gauge(String name, String about, IntSupplier number) {
    Gauge.builder("evenkeel.server." + name, number::getAsInt)
        .description(about)
        .register(registry);
  }

  /** The same for each listener. */
  public void gauge(String name, String about, String dialect, IntSupplier number) {
    Gauge.builder("evenkeel.server." + name, number::getAsInt)
        .description(about)
        .tag("dialect", dialect)
        .register(registry);
  }

  /** Everything in Prometheus' text format. */
  String text() {
    return registry.scrape();
  }

  /** Ends what the metrics hold. */
  public void close() {
    registry.close();
  }
}
