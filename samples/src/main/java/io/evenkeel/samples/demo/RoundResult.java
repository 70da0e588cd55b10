package io.evenkeel.samples.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What came of one strategy's round.
 *
 * @param strategy its name
 * @param promise what it promises of the shares
 * @param shares of the attempts while all was well, by instance id, 0..1
 * @param promiseKept whether the shares keep the promise
 * @param counts requests and what became of them
 * @param latency of the requests, from when they were due
 * @param incidents in their order
 */
record RoundResult(
    String strategy,
    Promise promise,
    Map<String, Double> shares,
    boolean promiseKept,
    Counts counts,
    Latency latency,
    List<Incident> incidents) {

  /** Requests, those without a good answer, and the attempts beyond the first of each. */
  record Counts(int requests, int failed, int retried) {}

  /** In milliseconds. */
  record Latency(double p50, double p99, double max) {}

  boolean isGood() {
    return counts.failed() == 0 && promiseKept;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    shares.forEach((id, share) -> text.append(String.format("  %s %4.1f %%", id, 100 * share)));
    text.append(promiseKept ? "   kept: " : "   BROKEN: ").append(promise.words());
    text.append(
        String.format(
            "%n  requests %d, failed %d, retried %d; p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
            counts.requests(),
            counts.failed(),
            counts.retried(),
            latency.p50(),
            latency.p99(),
            latency.max()));
    incidents.forEach(incident -> text.append("  ").append(incident.line()).append('\n'));
    return text.toString();
  }

  JsonObject toJson() {
    JsonArray happened = new JsonArray();
    for (Incident incident : incidents) {
      happened.add(
          new JsonObject()
              .put("instance", incident.instance())
              .put("what", incident.words())
              .put("millis", incident.millis()));
    }
    JsonObject shareById = new JsonObject();
    shares.forEach(shareById::put);
    return new JsonObject()
        .put("strategy", strategy)
        .put("promise", promise.words())
        .put("promiseKept", promiseKept)
        .put("shares", shareById)
        .put("requests", counts.requests())
        .put("failed", counts.failed())
        .put("retried", counts.retried())
        .put("p50Millis", latency.p50())
        .put("p99Millis", latency.p99())
        .put("maxMillis", latency.max())
        .put("incidents", happened);
  }
}
