package io.evenkeel.server.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.ErrorStyle;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.server.web.Routes;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Liveness, readiness, metrics, and the instances as Prometheus' HTTP service discovery. */
public final class AdminDialect implements Listener.Dialect {
  private static final String LABEL = "__meta_evenkeel_";

  private final Directory directory;
  private final Readiness readiness;
  private final Metrics metrics;

  /** The dialect on a directory. */
  public AdminDialect(Directory directory, Readiness readiness, Metrics metrics) {
    this.directory = directory;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  @Override
  public Routes routes() {
    return new Routes()
        .open("GET", "/health", request -> ok(Json.object().put("status", "UP")))
        .open("GET", "/ready", this::ready)
        .on("GET", "/metrics", this::metrics)
        .on("GET", "/sd", this::targets);
  }

  @Override
  public ErrorStyle style() {
    return (request, status, message) -> Reply.json(status, Json.object().put("error", message));
  }

  private static Future<Reply> ok(ObjectNode document) {
    return Future.succeededFuture(Reply.json(200, document));
  }

  private Future<Reply> ready(Request request) {
    readiness.require();
    if (!directory.isReachable()) {
      throw new Refusal(503, "the registry does not answer", Map.of("Retry-After", "1"));
    }
    return ok(Json.object().put("status", "ready"));
  }

  private Future<Reply> metrics(Request request) {
    return Future.succeededFuture(
        Reply.text(200, metrics.text()).as("text/plain; version=0.0.4; charset=utf-8"));
  }

  private Future<Reply> targets(Request request) {
    readiness.require();
    String service = request.parameter("service");
    Collection<String> services = service == null ? directory.services() : List.of(service);
    ArrayNode groups = Json.array();
    for (String name : services) {
      directory.entries(name).stream()
          .filter(row -> row.isAddressable() && !row.isExpired())
          .forEach(row -> groups.add(group(row)));
    }
    return Future.succeededFuture(Reply.json(200, groups));
  }

  private static ObjectNode group(Entry row) {
    ServiceInstance instance = row.instance();
    String host = instance.host().contains(":") ? "[" + instance.host() + "]" : instance.host();
    ObjectNode group = Json.object();
    group.putArray("targets").add(host + ":" + instance.port());
    ObjectNode labels = group.putObject("labels");
    labels
        .put(LABEL + "service", instance.service())
        .put(LABEL + "id", instance.id())
        .put(LABEL + "scheme", instance.scheme())
        .put(LABEL + "status", instance.status().name())
        .put(LABEL + "zone", instance.zone())
        .put(LABEL + "version", instance.version());
    if (!instance.tags().isEmpty()) { // in commas on both sides, as Prometheus has Consul's
      labels.put(LABEL + "tags", "," + String.join(",", instance.tags()) + ",");
    }
    instance
        .metadata()
        .forEach((key, value) -> labels.put(LABEL + "metadata_" + sanitised(key), value));
    return group;
  }

  private static String sanitised(String key) {
    return key.replaceAll("[^A-Za-z0-9_]", "_");
  }
}
