package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.load.LoadHeader;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.TimeSource;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the load report in an answer's header. One that cannot be read is dropped, counted, and
 * told of at most once in 30 s; the answer is as good as without it. Any thread.
 */
final class LoadReader {
  private static final System.Logger LOG = System.getLogger(LoadReader.class.getName());
  private static final long QUIET = 30_000_000_000L; // nanoseconds
  private static final int SHOWN = 80; // characters
  private static final String JSON = "JSON ";
  private static final String NAMED = "named_metrics";
  private static final Double NOT_ONE = Double.NaN; // refused where a number is needed

  private final TimeSource time;
  private final LongAdder dropped = new LongAdder();
  private final AtomicLong quietUntil;

  LoadReader(TimeSource time) {
    this.time = time;
    this.quietUntil = new AtomicLong(time.nanoTime());
  }

  /**
   * The report, null when there is none or it cannot be read.
   *
   * @param from whom to name in the log
   */
  @Nullable LoadReport read(@Nullable String header, String from) {
    if (header == null) {
      return null;
    }
    LoadReport report = header.startsWith(JSON) ? json(header) : LoadHeader.read(header);
    if (report == null) {
      drop(header, from);
    }
    return report;
  }

  /** Numbers by name, and one object of them, as protocol buffers in JSON have it. */
  private static @Nullable LoadReport json(String header) {
    if (LoadHeader.isTooLong(header)) {
      return null;
    }
    try {
      Map<String, Number> metrics = new HashMap<>();
      JsonObject object = new JsonObject(header.substring(JSON.length()));
      object.forEach(entry -> put(metrics, snakeCase(entry.getKey()), entry.getValue()));
      return LoadHeader.fromMetrics(metrics);
    } catch (DecodeException e) {
      return null; // which is all there is to say of it
    }
  }

  private static void put(Map<String, Number> metrics, String name, @Nullable Object value) {
    if (value instanceof JsonObject named && name.equals(NAMED)) {
      named.forEach(metric -> put(metrics, NAMED + "." + metric.getKey(), metric.getValue()));
    } else {
      metrics.put(name, value instanceof Number number ? number : NOT_ONE);
    }
  }

  /** JSON may call {@code cpu_utilization} {@code cpuUtilization}. */
  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private void drop(String header, String from) {
    dropped.increment();
    long now = time.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET)) {
      String shown = header.substring(0, Math.min(SHOWN, header.length()));
      LOG.log(
          Level.WARNING,
          () ->
              "%s: %s from %s (expected: TEXT name=value, … or JSON; %d dropped so far)"
                  .formatted(
                      LoadHeader.NAME, shown.replaceAll("[^ -~]", "?"), from, dropped.sum()));
    }
  }

  /** How many could not be read. */
  long dropped() {
    return dropped.sum();
  }
}
