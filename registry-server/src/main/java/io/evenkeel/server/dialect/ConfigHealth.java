package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.check.Finding;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The health of a service on demand. Whoever asks while a service is being checked gets the same
 * answer, and at most 50 instances are checked, so that asking costs the instances little. Event
 * loop only.
 */
final class ConfigHealth {
  private static final int MAX_INSTANCES = 50;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private record Checked(String url, Finding result, long millis, String at) {
    boolean isHealthy() {
      return result.http() >= 200 && result.http() < 400; // as the original has it
    }
  }

  private final Directory directory;
  private final CheckRunner checks;
  private final TimeSource time;
  private final Map<String, Future<List<Checked>>> underWay = new HashMap<>();

  ConfigHealth(Directory directory, CheckRunner checks, TimeSource time) {
    this.directory = directory;
    this.checks = checks;
    this.time = time;
  }

  Future<Reply> status(Request request) {
    return check(request.variable("name"))
        .map(all -> Reply.json(200, Json.object().put("status", overall(all))));
  }

  Future<Reply> detailed(Request request) {
    String name = request.variable("name");
    return check(name).map(all -> Reply.json(200, detailed(name, all)));
  }

  private Future<List<Checked>> check(String service) {
    Future<List<Checked>> running = underWay.get(service);
    if (running != null) {
      return running;
    }
    List<Future<Checked>> probes =
        directory.entries(service).stream()
            .filter(row -> row.isAddressable() && !row.isExpired())
            .limit(MAX_INSTANCES)
            .map(this::probe)
            .toList();
    Future<List<Checked>> all = Future.join(probes).map(done -> done.<Checked>list());
    underWay.put(service, all);
    return all.onComplete(done -> underWay.remove(service));
  }

  private Future<Checked> probe(Entry row) {
    ConfigRecord record = ConfigRecord.of(row);
    String health = record.healthUrl();
    String url = health == null ? Address.of(row.instance()).url() + "/health" : health;
    CheckDefinition check = ConfigRegistration.check(url, TIMEOUT, TIMEOUT);
    long began = time.nanoTime();
    return checks
        .probe(row.instance().host(), check)
        .map(
            result ->
                new Checked(
                    url,
                    result,
                    Duration.ofNanos(time.nanoTime() - began).toMillis(),
                    Timestamps.iso(time.instant())));
  }

  private static String overall(List<Checked> all) {
    if (all.isEmpty()) {
      return "unknown";
    }
    return all.stream().anyMatch(one -> one.isHealthy()) ? "healthy" : "unhealthy";
  }

  private ObjectNode detailed(String service, List<Checked> all) {
    int healthy = (int) all.stream().filter(one -> one.isHealthy()).count();
    ObjectNode document =
        Json.object()
            .put("service_name", service)
            .put("overall_status", overall(all))
            .put("total_instances", all.size())
            .put("healthy_instances", healthy)
            .put("unhealthy_instances", all.size() - healthy);
    ArrayNode results = document.putArray("check_results");
    all.forEach(one -> results.add(row(one)));
    return document.put("timestamp", Timestamps.iso(time.instant()));
  }

  private static ObjectNode row(Checked one) {
    int status = one.result().http();
    String error = one.isHealthy() ? "" : one.result().output();
    return Json.object()
        .put("endpoint_url", one.url())
        .put("is_healthy", one.isHealthy())
        .put("response_time_ms", one.millis())
        .put("status_code", status == 0 ? null : (Integer) status)
        .put("error_message", error.isEmpty() ? null : error)
        .put("timestamp", one.at());
  }
}
