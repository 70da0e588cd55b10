package io.evenkeel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a load has shown, for people and for programs.
 *
 * @param what the service, method and path
 * @param strategy its name
 * @param seconds how long it took
 * @param ids the instances' ids by their addresses
 * @param tally what was counted
 */
record LoadReport(
    String what, String strategy, double seconds, Map<String, String> ids, Tally tally) {

  /** Attempts by address: of every instance known, and of every address that got one. */
  private Map<String, Long> attempts() {
    Map<String, Long> attempts = new LinkedHashMap<>();
    ids.keySet().forEach(address -> attempts.put(address, 0L));
    attempts.putAll(tally.attempts());
    return attempts;
  }

  private double share(long attempts) {
    long all = tally.attempts().values().stream().mapToLong(each -> each).sum();
    return all == 0 ? 0 : (double) attempts / all;
  }

  private double perSecond() {
    return seconds <= 0 ? 0 : tally.requests() / seconds;
  }

  String text() {
    Table table = new Table("ID", "ADDRESS", "ATTEMPTS", "SHARE");
    attempts()
        .forEach(
            (address, count) ->
                table.row(
                    ids.getOrDefault(address, ""),
                    address,
                    Long.toString(count),
                    format("%.1f %%", 100 * share(count))));
    StringBuilder text = new StringBuilder(table.toString()).append(System.lineSeparator());
    text.append(
        format(
            "%s, %s: requests %d, failed %d, retries %d; %.1f requests/s",
            what, strategy, tally.requests(), tally.failed(), tally.retries(), perSecond()));
    Latencies latencies = tally.latencies();
    text.append(
        format(
            "; p50 %.1f ms, p99 %.1f ms, max %.1f ms",
            latencies.percentileMillis(0.5),
            latencies.percentileMillis(0.99),
            latencies.maxMillis()));
    tally
        .failures()
        .forEach(
            (reason, count) ->
                text.append(System.lineSeparator()).append(format("failed %d: %s", count, reason)));
    return text.toString();
  }

  /** The same wherever it runs: a comma in a figure is read by no program. */
  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  ObjectNode object() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("call", what).put("strategy", strategy);
    object.put("requests", tally.requests()).put("failed", tally.failed());
    object.put("retries", tally.retries()).put("seconds", seconds);
    object.put("requestsPerSecond", perSecond());
    object.put("p50Millis", tally.latencies().percentileMillis(0.5));
    object.put("p99Millis", tally.latencies().percentileMillis(0.99));
    object.put("maxMillis", tally.latencies().maxMillis());
    ArrayNode instances = object.putArray("instances");
    attempts()
        .forEach(
            (address, count) ->
                instances
                    .addObject()
                    .put("id", ids.getOrDefault(address, ""))
                    .put("address", address)
                    .put("attempts", count)
                    .put("share", share(count)));
    ObjectNode failures = object.putObject("failures");
    tally.failures().forEach(failures::put);
    return object;
  }
}
