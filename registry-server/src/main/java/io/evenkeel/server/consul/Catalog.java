package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lists below {@code /v1/catalog} and {@code /v1/status}, and what is registered past an agent.
 */
record Catalog(Lists lists) {
  private static final String CONSUL_ITSELF = "consul";
  private static final String LEADER = "127.0.0.1:8300";
  private static final Set<String> REGISTER =
      Fields.names(
          "ID",
          "Node",
          "Address",
          "TaggedAddresses",
          "NodeMeta",
          "Datacenter",
          "Service",
          "Check",
          "Checks",
          "SkipNodeUpdate",
          "Namespace",
          "WriteRequest");
  private static final Set<String> DEREGISTER =
      Fields.names(
          "Node", "Datacenter", "ServiceID", "CheckID", "Address", "Namespace", "WriteRequest");
  private static final Set<String> CHECK =
      Fields.names(
          "Node",
          "CheckID",
          "Name",
          "Status",
          "Notes",
          "Output",
          "ServiceID",
          "ServiceName",
          "ServiceTags",
          "Type",
          "Definition",
          "Namespace");

  Future<Reply> register(Request request) {
    Fields body = Fields.read(request.body(), REGISTER);
    if (body.text("Node").isEmpty() || body.text("Address").isEmpty()) {
      throw new Refusal(400, "Must provide node and address");
    }
    JsonNode service = body.get("Service");
    if (service == null) {
      return yes(); // all there is to know of a node, and there is one only
    }
    ServiceBody said = ServiceBody.ofCatalog(service);
    Registration plain = new Registrations(lists.directory()).of(request, said, true);
    String host = said.address().isEmpty() ? body.text("Address") : said.address();
    Registration registration =
        new Registration(
            plain.instance().host().equals(host) ? plain.instance() : at(plain, host),
            plain.wireId(),
            plain.document(),
            Tenure.standing(),
            checks(body),
            plain.owner(),
            true);
    return lists.directory().register(registration).compose(granted -> yes());
  }

  private static ServiceInstance at(Registration registration, String host) {
    ServiceInstance from = registration.instance();
    return ServiceInstance.builder(from.service(), host, from.port())
        .id(from.id())
        .scheme(from.scheme())
        .weight(from.weight())
        .version(from.version())
        .tags(from.tags())
        .metadata(from.metadata())
        .build();
  }

  private static List<CheckDefinition> checks(Fields body) {
    List<JsonNode> said = new ArrayList<>(body.list("Checks"));
    Optional.ofNullable(body.get("Check")).ifPresent(said::add);
    return said.stream().map(check -> check(Fields.of(check, CHECK))).toList();
  }

  /** One that nobody makes: it says what it was told. */
  private static CheckDefinition check(Fields said) {
    String id = said.text("CheckID").isEmpty() ? said.text("Name") : said.text("CheckID");
    CheckStatus status = CheckBody.status(said.text("Status")).orElse(CheckStatus.CRITICAL);
    return new CheckDefinition(
        Texts.plain("check ID", id, 255),
        Texts.plain("check name", said.text("Name"), 255),
        Texts.plain("check notes", said.text("Notes"), 512),
        CheckDefinition.Kind.TOLD,
        "",
        Duration.ZERO,
        Duration.ZERO,
        status,
        1,
        1,
        1,
        null);
  }

  Future<Reply> deregister(Request request) {
    Fields body = Fields.read(request.body(), DEREGISTER);
    if (body.text("Node").isEmpty()) {
      throw new Refusal(400, "Must provide node");
    }
    Optional<Entry> row = lists.directory().byWireId(body.text("ServiceID"));
    String check = body.text("CheckID");
    if (row.isEmpty()) {
      return yes();
    }
    Future<?> done =
        check.isEmpty()
            ? lists.directory().deregister(row.get().key(), OptionalLong.empty(), request.owner())
            : lists.directory().uncheck(row.get(), check, request.owner());
    return done.compose(gone -> yes());
  }

  private static Future<Reply> yes() {
    return Future.succeededFuture(Reply.json(200, JsonNodeFactory.instance.booleanNode(true)));
  }

  /** The names of the services with the tags of their instances, Consul's own among them. */
  Future<Reply> services(Request request) {
    Query query = Query.of(request, Set.of());
    lists.readiness().require();
    return lists.watches().answer(request, query, Watches.ALL, () -> names(query));
  }

  private ObjectNode names(Query query) {
    Map<String, Set<String>> tags = new TreeMap<>();
    tags.put(CONSUL_ITSELF, Set.of());
    for (Entry row : lists.rows()) {
      if (query.takes(row)) {
        tags.merge(
            row.key().service(),
            row.instance().tags(),
            (one, other) -> {
              Set<String> both = new LinkedHashSet<>(one);
              both.addAll(other);
              return both;
            });
      }
    }
    ObjectNode names = JsonNodeFactory.instance.objectNode();
    tags.forEach((name, all) -> all.forEach(names.putArray(name)::add));
    return names;
  }

  Future<Reply> service(Request request) {
    return lists.service(request, Selectors.CATALOG, lists.views()::catalogRow);
  }

  Future<Reply> nodes(Request request) {
    Query query = Query.of(request, Selectors.NODES);
    Node node = lists.views().node();
    return lists
        .watches()
        .answer(request, query, Watches.ALL, () -> query.list(List.of(node.row(node.address()))));
  }

  Future<Reply> datacenters(Request request) {
    return Future.succeededFuture(
        Reply.json(200, JsonNodeFactory.instance.arrayNode().add(Node.DATACENTER)));
  }

  /** There is a leader as long as the registry can be reached. */
  Future<Reply> leader(Request request) {
    String leader = lists.directory().isReachable() ? LEADER : "";
    return Future.succeededFuture(Reply.json(200, JsonNodeFactory.instance.textNode(leader)));
  }

  Future<Reply> peers(Request request) {
    return Future.succeededFuture(
        Reply.json(200, JsonNodeFactory.instance.arrayNode().add(LEADER)));
  }
}
