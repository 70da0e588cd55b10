package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The in-memory registry with heartbeats. An instance that has been silent for 30 s is hidden; for
 * another 10 s, in which the original would not yet have cleaned up, a heartbeat brings it back.
 */
public final class HeartbeatDialect {
  private static final String LABEL = "heartbeat";
  private static final Tenure HEARTBEATS =
      Tenure.leased(Duration.ofSeconds(30)).lingeringFor(Duration.ofSeconds(10));

  private final Directory directory;
  private final Readiness readiness;
  private final Leases leases;

  private HeartbeatDialect(Directory directory, Readiness readiness) {
    this.directory = directory;
    this.readiness = readiness;
    this.leases = new Leases(directory);
  }

  /** The dialect on a directory. */
  public static Listener.Dialect of(Directory directory, Readiness readiness) {
    HeartbeatDialect dialect = new HeartbeatDialect(directory, readiness);
    return new FastApi(UnaryOperator.identity())
        .on("POST", "/register", dialect::register)
        .on("POST", "/heartbeat/:id", dialect::heartbeat)
        .on("DELETE", "/deregister/:id", dialect::deregister)
        .on("GET", "/services/:name", dialect::service)
        .on("GET", "/services", dialect::services)
        .on("GET", "/status", dialect::status)
        .open("GET", "/health", request -> FastApi.ok(health()))
        .open("GET", "/", request -> FastApi.ok(about()));
  }

  private static JsonNode health() {
    return Json.object().put("status", "ok").put("service", "registry");
  }

  private static JsonNode about() {
    ObjectNode about = Json.object().put("service", "Service Registry").put("version", "1.0.0");
    about
        .putObject("endpoints")
        .put("register", "POST /register")
        .put("heartbeat", "POST /heartbeat/{instance_id}")
        .put("deregister", "DELETE /deregister/{instance_id}")
        .put("get_service", "GET /services/{service_name}")
        .put("list_services", "GET /services")
        .put("status", "GET /status");
    return about.put("docs", "/docs");
  }

  private Future<Reply> register(Request request) {
    Fields fields = Fields.ofBody(request);
    String service = fields.text("service_name", Fields.NAME);
    Optional<Address> address = WebUrl.read(fields, "base_url");
    Optional<ServiceInstance> own = Announced.own(fields);
    String given = own.isPresent() ? fields.text("instance_id", Announced.WIRE_ID) : "";
    fields.check();
    Asked asked = Asked.of(request);
    Registration registration =
        own.isPresent()
            ? ours(own.get(), given, asked.tenure(Tenure.leased(HEARTBEATS.ttl())), request)
            : foreign(service, address, fields.raw("base_url").asText(), request);
    return directory
        .register(registration)
        .map(
            lease -> {
              Entry row = directory.entry(registration.instance().key()).orElseThrow();
              return asked.granted(Reply.json(201, row(row, row.registeredAt())), lease);
            });
  }

  private static Registration ours(
      ServiceInstance instance, String given, Tenure tenure, Request request) {
    String wireId = Announced.wireId(given, instance);
    return new Registration(instance, wireId, "", tenure, List.of(), request.owner(), false);
  }

  private static Registration foreign(
      String service, Optional<Address> address, String baseUrl, Request request) {
    String id = UUID.randomUUID().toString();
    ServiceInstance instance =
        Announced.at(address, new InstanceKey(service, id), InstanceStatus.UP);
    String document = Documents.write(LABEL, Json.object().put("base_url", baseUrl));
    return new Registration(instance, id, document, HEARTBEATS, List.of(), request.owner(), false);
  }

  private Future<Reply> heartbeat(Request request) {
    String id = request.variable("id");
    return leases
        .renew(request, id)
        .map(
            answer -> {
              if (answer != Renewal.RENEWED) {
                throw new Refusal(404, "Instance " + id + " not found");
              }
              return Reply.json(200, Json.object().put("status", "ok").put("instance_id", id));
            });
  }

  private Future<Reply> deregister(Request request) {
    String id = request.variable("id");
    return leases
        .deregister(request, id)
        .map(
            existed -> {
              if (!existed) {
                throw new Refusal(
                    404, "Instance " + id + " not found", Map.of(WireHeaders.EXISTED, "false"));
              }
              ObjectNode ok = Json.object().put("status", "ok").put("instance_id", id);
              return Asked.existed(Reply.json(200, ok), true);
            });
  }

  private Future<Reply> service(Request request) {
    readiness.require();
    String name = request.variable("name");
    List<Entry> shown = shown(name, request);
    if (!shown.isEmpty()) {
      return FastApi.ok(list(name, shown));
    }
    boolean silent = directory.entries(name).stream().anyMatch(Entry::isAddressable);
    return Future.failedFuture(
        new Refusal(
            404,
            silent
                ? "No active instances for service '" + name + "'"
                : "Service '" + name + "' not found"));
  }

  private Future<Reply> services(Request request) {
    readiness.require();
    ObjectNode all = Json.object();
    for (String name : directory.services()) {
      List<Entry> shown = shown(name, request);
      if (!shown.isEmpty()) {
        all.set(name, list(name, shown));
      }
    }
    return FastApi.ok(all);
  }

  private Future<Reply> status(Request request) {
    readiness.require();
    ObjectNode counts = Json.object();
    int total = 0;
    for (String name : directory.services()) {
      int count = shown(name, request).size();
      total += count;
      if (count > 0) {
        counts.put(name, count);
      }
    }
    ObjectNode status = Json.object().put("status", "ok");
    status.put("total_services", counts.size()).put("total_instances", total);
    return FastApi.ok(status.set("services", counts));
  }

  private List<Entry> shown(String service, Request request) {
    boolean everything = Asked.everything(request);
    return directory.entries(service).stream()
        .filter(row -> row.isAddressable() && !row.isExpired())
        .filter(row -> everything || row.takesTraffic())
        .toList();
  }

  private static ObjectNode list(String name, List<Entry> rows) {
    ObjectNode list = Json.object().put("service_name", name);
    ArrayNode instances = list.putArray("instances");
    rows.forEach(row -> instances.add(row(row, row.seenAt())));
    return list.put("count", rows.size());
  }

  private static ObjectNode row(Entry entry, Instant lastHeartbeat) {
    Optional<ObjectNode> record = Documents.read(LABEL, entry);
    String baseUrl =
        record
            .map(fields -> fields.path("base_url").asText())
            .orElseGet(() -> Address.of(entry.instance()).url());
    ObjectNode row =
        Json.object()
            .put("instance_id", entry.wireId())
            .put("service_name", entry.key().service())
            .put("base_url", baseUrl)
            .put("registered_at", Timestamps.iso(entry.registeredAt()))
            .put("last_heartbeat", Timestamps.iso(lastHeartbeat));
    return record.isPresent() ? row : row.set(Announced.FIELD, Announced.write(entry.instance()));
  }
}
