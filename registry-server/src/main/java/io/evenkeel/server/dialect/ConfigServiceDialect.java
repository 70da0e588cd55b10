package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The registry of the config-service. Its registrations have no lease: they stay until they are
 * deregistered, unless the client asks for a TTL in Evenkeel's header. Health decides what {@code
 * /url} answers.
 */
public final class ConfigServiceDialect {
  private static final String BASE = "/api/v1/registry";

  private final Directory directory;
  private final Readiness readiness;
  private final ConfigRegistration registrations;
  private final TimeSource time = TimeSource.system();
  private final RandomGenerator random = Randomness.perThread();

  private ConfigServiceDialect(Directory directory, Readiness readiness, CheckRunner checks) {
    this.directory = directory;
    this.readiness = readiness;
    this.registrations = new ConfigRegistration(checks);
  }

  /** The dialect on a directory. */
  public static Listener.Dialect of(Directory directory, Readiness readiness, CheckRunner checks) {
    ConfigServiceDialect dialect = new ConfigServiceDialect(directory, readiness, checks);
    ConfigHealth health = new ConfigHealth(directory, checks, dialect.time);
    return new FastApi(UnaryOperator.identity())
        .on("POST", BASE + "/register", dialect::register)
        .on("POST", BASE + "/deregister", dialect::deregister)
        .on("GET", BASE + "/services", dialect::services)
        .on("GET", BASE + "/services/:name", request -> dialect.list(request, ConfigRecord::listed))
        .on("GET", BASE + "/services/:name/url", dialect::url)
        .on(
            "GET",
            BASE + "/discover/:name",
            request -> dialect.list(request, ConfigRecord::discovered))
        .on("POST", BASE + "/services/:name/health", health::status)
        .on("POST", BASE + "/services/:name/health/detailed", health::detailed)
        .open("GET", "/health", dialect::health)
        .open("GET", "/ready", dialect::ready)
        .open("GET", "/live", request -> FastApi.ok(Json.object().put("status", "alive")))
        .open("GET", "/", request -> FastApi.ok(Json.object().put("service", "config-service")));
  }

  private Future<Reply> health(Request request) {
    ObjectNode health = Json.object().put("status", "healthy");
    for (String store : List.of("redis", "postgres", "kafka", "zookeeper")) {
      health.putNull(store); // there is none behind this one
    }
    return FastApi.ok(health.put("timestamp", Timestamps.iso(time.instant())));
  }

  private Future<Reply> ready(Request request) {
    readiness.require();
    return FastApi.ok(Json.object().put("status", "ready"));
  }

  private Future<Reply> register(Request request) {
    Asked asked = Asked.of(request);
    Registration registration = registrations.read(request, asked);
    ObjectNode answer = Json.object().put("instance_id", registration.instance().id());
    return directory
        .register(registration)
        .map(lease -> asked.granted(Reply.json(201, answer), lease));
  }

  private Future<Reply> deregister(Request request) {
    Fields fields = Fields.ofQuery(request);
    String service = fields.text("service_name");
    String id = fields.text("instance_id");
    fields.check();
    Asked asked = Asked.of(request);
    boolean possible = Fields.NAME.matcher(service).matches() && Fields.NAME.matcher(id).matches();
    Future<Boolean> existed =
        possible
            ? directory.deregister(
                new InstanceKey(service, id), asked.incarnation(), request.owner())
            : Future.succeededFuture(false);
    ObjectNode ok = Json.object().put("status", "ok");
    return existed.map(was -> Asked.existed(Reply.json(200, ok), was));
  }

  private Future<Reply> list(Request request, Function<ConfigRecord, ObjectNode> form) {
    readiness.require();
    ArrayNode list = Json.array();
    shown(request.variable("name")).forEach(row -> list.add(form.apply(ConfigRecord.of(row))));
    return FastApi.ok(list);
  }

  private Future<Reply> url(Request request) {
    readiness.require();
    List<String> urls =
        shown(request.variable("name")).stream()
            .filter(row -> ConfigRecord.of(row).isServed(row))
            .map(row -> ConfigRecord.of(row).url())
            .toList();
    return urls.isEmpty()
        ? Future.failedFuture(new Refusal(404, "No healthy instances found"))
        : FastApi.ok(Json.object().put("url", urls.get(random.nextInt(urls.size()))));
  }

  private Future<Reply> services(Request request) {
    readiness.require();
    ArrayNode list = Json.array();
    for (String name : directory.services()) {
      List<Entry> rows = shown(name);
      if (!rows.isEmpty()) {
        list.add(service(name, rows));
      }
    }
    return FastApi.ok(list);
  }

  /** A service as its newest instance has it; healthy while one of them is. */
  private static ObjectNode service(String name, List<Entry> rows) {
    Entry newest = rows.stream().max(Comparator.comparingLong(Entry::createIndex)).orElseThrow();
    ConfigRecord record = ConfigRecord.of(newest);
    boolean served = rows.stream().anyMatch(row -> ConfigRecord.of(row).isServed(row));
    ObjectNode service =
        Json.object()
            .put("service_name", name)
            .put("service_url", record.url())
            .put("health_check_url", record.healthUrl())
            .put("status", (served ? ConfigStatus.HEALTHY : record.status()).label());
    service.set("service_metadata", record.metadata());
    String since = Timestamps.iso(newest.registeredAt()).replace('T', ' ');
    return service.put("registered_at", since);
  }

  private List<Entry> shown(String service) {
    return directory.entries(service).stream()
        .filter(row -> !row.isExpired())
        .filter(row -> row.isAddressable() || Documents.isOf(ConfigRecord.LABEL, row))
        .toList();
  }
}
