package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.ulid.UlidCreator;
import io.evenkeel.registry.Renewal;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Printable;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The TTL orchestrator. An instance that has not pinged for 30 s is gone at once. An id in the body
 * is its identity, as the second generation of clients expects; without one it gets a ULID.
 */
public final class OrchestratorDialect {
  private final Directory directory;
  private final Readiness readiness;
  private final Leases leases;
  private final OrchestratorRows rows = new OrchestratorRows(TimeSource.system());

  private OrchestratorDialect(Directory directory, Readiness readiness) {
    this.directory = directory;
    this.readiness = readiness;
    this.leases = new Leases(directory);
  }

  /** The dialect on a directory. */
  public static Listener.Dialect of(Directory directory, Readiness readiness) {
    OrchestratorDialect dialect = new OrchestratorDialect(directory, readiness);
    return new FastApi(OrchestratorDialect::stamped)
        .on("POST", "/services/$register", dialect::register)
        .on("PUT", "/services/:id/$ping", dialect::ping)
        .on("GET", "/services", dialect::services)
        .on("GET", "/services/:id", dialect::service)
        .on("DELETE", "/services/:id", dialect::deregister)
        .on("GET", "/api/v1/info", request -> FastApi.ok(info()))
        .on("GET", "/api/v1/system", request -> FastApi.ok(dialect.rows.system()))
        .open("GET", "/health", request -> FastApi.ok(Json.object().put("status", "healthy")));
  }

  private static Reply stamped(Reply reply) {
    return reply.with("X-Request-ID", UlidCreator.getMonotonicUlid().toString());
  }

  private static JsonNode info() {
    return Json.object().put("id", "evenkeel").put("display_name", "Evenkeel registry server");
  }

  private Future<Reply> register(Request request) {
    Asked asked = Asked.of(request);
    OrchestratorRegistration read = OrchestratorRegistration.read(request, asked);
    Registration registration = read.registration();
    return directory
        .register(registration)
        .map(
            lease -> {
              String at = request.origin() + "/services/" + registration.wireId();
              ObjectNode answer =
                  Json.object()
                      .put("id", registration.wireId())
                      .put("status", "registered")
                      .put("service_url", read.url())
                      .put("message", "Service " + read.name() + " registered successfully")
                      .put("ttl_seconds", lease.ttl().toSeconds())
                      .put("ping_url", at + "/$ping");
              return asked.granted(Reply.json(201, answer).with("Location", at), lease);
            });
  }

  private Future<Reply> ping(Request request) {
    String id = request.variable("id");
    return leases
        .renew(request, id)
        .map(
            answer -> {
              Optional<Entry> row = directory.byWireId(id);
              return answer == Renewal.RENEWED && row.isPresent()
                  ? Reply.json(200, rows.alive(row.get()))
                  : notFound(request, id);
            });
  }

  private Future<Reply> services(Request request) {
    readiness.require();
    boolean everything = Asked.everything(request);
    ArrayNode list = Json.array();
    for (String name : directory.services()) {
      directory.entries(name).stream()
          .filter(OrchestratorRows::isShown)
          .filter(row -> everything || row.takesTraffic() || !row.isAddressable())
          .forEach(row -> list.add(rows.detail(row)));
    }
    ObjectNode answer = Json.object().put("count", list.size());
    answer.set("services", list);
    return FastApi.ok(answer);
  }

  private Future<Reply> service(Request request) {
    readiness.require();
    String id = request.variable("id");
    return directory
        .find(id)
        .map(
            row ->
                row.filter(OrchestratorRows::isShown)
                    .map(found -> Reply.json(200, rows.detail(found)))
                    .orElseGet(() -> notFound(request, id)));
  }

  private Future<Reply> deregister(Request request) {
    String id = request.variable("id");
    return directory
        .find(id)
        .compose(
            row -> {
              ObjectNode last = row.map(rows::detail).orElseGet(() -> Json.object().put("id", id));
              return leases
                  .deregister(request, id)
                  .map(existed -> existed ? gone(last) : notFound(request, id))
                  .map(reply -> Asked.existed(reply, reply.status() == 200));
            });
  }

  private static Reply gone(ObjectNode last) {
    ObjectNode answer = Json.object().put("status", "deregistered");
    answer.set("service", last);
    return Reply.json(200, answer);
  }

  /** A problem as RFC 9457 has it. */
  private static Reply notFound(Request request, String id) {
    ObjectNode problem =
        Json.object()
            .put("type", "urn:servicekit:error:not-found")
            .put("title", "Resource Not Found")
            .put("status", 404)
            .put("detail", "Service with ID " + Printable.of(id) + " not found")
            .put("instance", request.url());
    return Reply.json(404, problem).as("application/problem+json");
  }
}
