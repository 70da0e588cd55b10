package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agent's services: {@code /v1/agent/service} and {@code /v1/agent/services}. */
record AgentServices(Lists lists) {
  private static final Set<String> YES = Set.of("1", "t", "T", "true", "True", "TRUE");
  private static final Set<String> NO = Set.of("0", "f", "F", "false", "False", "FALSE");
  private static final String NO_REASON =
      "Maintenance mode is enabled for this service, but no reason was provided. This is a default"
          + " message.";

  Future<Reply> register(Request request) {
    ServiceBody body = ServiceBody.read(request.body());
    boolean replace = isSet(request, "replace-existing-checks");
    Registration registration = new Registrations(lists.directory()).of(request, body, replace);
    Optional<Lease> life = Registrations.life(request);
    return lists
        .directory()
        .register(registration)
        .map(
            granted ->
                life.isEmpty()
                    ? Reply.empty(200)
                    : Reply.empty(200)
                        .with(WireHeaders.INCARNATION, Long.toString(granted.incarnation()))
                        .with(WireHeaders.TTL, Long.toString(granted.ttl().toMillis())));
  }

  private static boolean isSet(Request request, String name) {
    String value = request.parameter(name);
    return value != null && (value.isEmpty() || YES.contains(value));
  }

  Future<Reply> deregister(Request request) {
    String id = request.variable("id");
    if (id.isEmpty()) {
      throw new Refusal(400, "Missing service ID");
    }
    String incarnation = request.header(WireHeaders.INCARNATION);
    OptionalLong life =
        incarnation == null
            ? OptionalLong.empty()
            : OptionalLong.of(Registrations.number(incarnation));
    return lists
        .directory()
        .find(id)
        .compose(
            row ->
                row.isEmpty()
                    ? forget(id, life, request.owner())
                    : lists.directory().deregister(row.get().key(), life, request.owner()))
        .map(existed -> deregistered(id, existed));
  }

  /** An id that says its service is told to the registry although it is not known: for good. */
  private Future<Boolean> forget(String id, OptionalLong life, String owner) {
    int qualifier = id.indexOf(Registration.QUALIFIER);
    if (life.isEmpty() || qualifier < 0) {
      return Future.succeededFuture(false);
    }
    InstanceKey key = new InstanceKey(id.substring(0, qualifier), id.substring(qualifier + 1));
    return lists.directory().deregister(key, life, owner);
  }

  private static Reply deregistered(String id, boolean existed) {
    Reply reply =
        existed
            ? Reply.empty(200)
            : Reply.text(
                404,
                "Unknown service ID \""
                    + Texts.shown(id)
                    + "\". Ensure that the service ID is passed, not the service name.");
    return reply.with(WireHeaders.EXISTED, Boolean.toString(existed));
  }

  Future<Reply> maintenance(Request request) {
    String id = request.variable("id");
    if (id.isEmpty()) {
      throw new Refusal(400, "Missing service ID");
    }
    String enable = request.parameter("enable");
    if (enable == null || enable.isEmpty()) {
      throw new Refusal(400, "Missing value for enable");
    }
    if (!YES.contains(enable) && !NO.contains(enable)) {
      throw new Refusal(400, "Invalid value for enable: \"" + Texts.shown(enable) + "\"");
    }
    String reason = request.parameter("reason");
    String notes =
        Texts.plain("reason", reason == null || reason.isEmpty() ? NO_REASON : reason, 512);
    Entry row =
        lists
            .directory()
            .byWireId(id)
            .orElseThrow(
                () ->
                    new Refusal(404, "No service registered with ID \"" + Texts.shown(id) + "\""));
    Future<Void> done =
        YES.contains(enable)
            ? lists.directory().check(row, maintenance(row, notes), request.owner())
            : lists.directory().uncheck(row, Views.MAINTENANCE + id, request.owner());
    return done.map(taken -> Reply.empty(200));
  }

  private static CheckDefinition maintenance(Entry row, String notes) {
    return new CheckDefinition(
        Views.MAINTENANCE + row.wireId(),
        "Service Maintenance Mode",
        notes,
        CheckDefinition.Kind.MAINTENANCE,
        "",
        Duration.ZERO,
        Duration.ZERO,
        CheckStatus.CRITICAL,
        1,
        1,
        1,
        null);
  }

  Future<Reply> all(Request request) {
    Query query = Query.of(request, Selectors.AGENT_SERVICES);
    lists.readiness().require();
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    lists.rows().stream()
        .filter(query::takes)
        .sorted(Comparator.comparing(Entry::wireId))
        .forEach(
            row -> {
              ObjectNode service = lists.views().agentService(row);
              if (query.filtered().test(service)) {
                all.set(row.wireId(), service);
              }
            });
    return Future.succeededFuture(Reply.json(200, all));
  }

  /** A service, at once or when its hash has become another. */
  Future<Reply> one(Request request) {
    String id = request.variable("id");
    if (id.equals("register")) { // a path of its own
      throw new Refusal(405, "Method Not Allowed", Map.of("Allow", "PUT"));
    }
    String hash = request.parameter("hash");
    Query query = Query.of(request, Set.of());
    Optional<Entry> row = lists.directory().byWireId(id);
    boolean waits = row.isPresent() && hash(row.get()).equals(hash);
    return waits
        ? lists
            .watches()
            .pause(request, query, row.get().key().service(), () -> hasHash(id, hash))
            .map(woken -> one(id))
        : lists.directory().find(id).map(found -> one(id));
  }

  private boolean hasHash(String id, @Nullable String hash) {
    return lists.directory().byWireId(id).filter(row -> hash(row).equals(hash)).isPresent();
  }

  private Reply one(String id) {
    Entry row =
        lists
            .directory()
            .byWireId(id)
            .orElseThrow(() -> new Refusal(404, "unknown service ID: " + Texts.shown(id)));
    String hash = hash(row);
    JsonNode service =
        lists.views().agentService(row).put("ContentHash", hash).put("Datacenter", Node.DATACENTER);
    return Reply.json(200, service).with("X-Consul-ContentHash", hash);
  }

  private String hash(Entry row) {
    return String.format("%016x", lists.views().agentService(row).hashCode() & 0xffffffffL);
  }

  Future<Reply> self(Request request) {
    Node node = lists.views().node();
    ObjectNode self = JsonNodeFactory.instance.objectNode();
    ObjectNode config = self.putObject("Config");
    config.put("Datacenter", Node.DATACENTER);
    config.put("NodeName", node.name());
    config.put("NodeID", node.id());
    config.put("Revision", "");
    config.put("Server", true);
    config.put("Version", "1.8.7");
    ObjectNode member = self.putObject("Member");
    member.put("Name", node.name());
    member.put("Addr", node.address());
    member.put("Port", 8301);
    member.put("Status", 1);
    member.putObject("Tags").put("dc", Node.DATACENTER).put("role", "consul");
    self.set("Meta", Node.meta());
    return Future.succeededFuture(Reply.json(200, self));
  }
}
