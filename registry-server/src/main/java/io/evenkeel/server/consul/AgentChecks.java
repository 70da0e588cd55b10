package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Renewal;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The agent's checks: {@code /v1/agent/check} and {@code /v1/agent/checks}. */
record AgentChecks(Lists lists, CheckIndex index) {
  private static final String OF_SERVICE = "service:";
  private static final int MAX_OUTPUT = 4_096;
  private static final int MAX_NOTE = 512;
  private static final Set<String> UPDATE = Fields.names("Status", "Output");

  Future<Reply> register(Request request) {
    CheckBody body = new CheckBody(Fields.read(request.body(), CheckBody.NAMES));
    if (body.name().isEmpty()) {
      throw new Refusal(400, "Missing check name");
    }
    CheckDefinition definition = body.definition(body.name(), body.name());
    String serviceId = body.fields().text("ServiceID");
    Entry row =
        lists
            .directory()
            .byWireId(serviceId)
            .orElseThrow(
                () ->
                    new Refusal(
                        404, "ServiceID \"" + Texts.shown(serviceId) + "\" does not exist"));
    boolean another =
        index.row(definition.id()).filter(known -> !known.key().equals(row.key())).isPresent();
    if (another) {
      throw new Refusal(409, "CheckID: taken (expected: one that no other service has)");
    }
    return lists.directory().check(row, definition, request.owner()).map(done -> Reply.empty(200));
  }

  Future<Reply> deregister(Request request) {
    String id = request.variable("id");
    Entry row = index.row(id).orElseThrow(() -> unknown(id));
    return lists.directory().uncheck(row, id, request.owner()).map(done -> Reply.empty(200));
  }

  Future<Reply> pass(Request request) {
    return says(request, CheckStatus.PASSING, note(request));
  }

  Future<Reply> warn(Request request) {
    return says(request, CheckStatus.WARNING, note(request));
  }

  Future<Reply> fail(Request request) {
    return says(request, CheckStatus.CRITICAL, note(request));
  }

  private static String note(Request request) {
    String note = request.parameter("note");
    return note == null ? "" : Texts.plain("note", note, MAX_NOTE);
  }

  Future<Reply> update(Request request) {
    Fields body = Fields.read(request.body(), UPDATE);
    String label = body.text("Status");
    CheckStatus status =
        CheckBody.status(label)
            .orElseThrow(
                () -> new Refusal(400, "Invalid check status: '" + Texts.shown(label) + "'"));
    String output = body.text("Output");
    return says(request, status, output.substring(0, Math.min(MAX_OUTPUT, output.length())));
  }

  private Future<Reply> says(Request request, CheckStatus status, String output) {
    String id = request.variable("id");
    Optional<Entry> here = index.row(id);
    if (here.isEmpty()) {
      return ofAnotherReplica(request, id, status);
    }
    Entry row = here.get();
    CheckState check = row.check(id).orElseThrow(() -> unknown(id));
    if (check.definition().kind() != CheckDefinition.Kind.TTL) {
      throw new Refusal(500, "CheckID \"" + Texts.shown(id) + "\" does not have associated TTL");
    }
    Lists.requireOwner(row, request.owner());
    Future<Void> alive = row.isLeaseCheck(id) ? renew(request, row, id) : Future.succeededFuture();
    return alive
        .compose(renewed -> lists.directory().report(row, check, status, output))
        .map(reported -> Reply.empty(200));
  }

  private Future<Void> renew(Request request, Entry row, String id) {
    return known(
        id,
        Registrations.life(request)
            .map(life -> lists.directory().renew(row.key(), life, request.owner()))
            .orElseGet(
                () -> lists.directory().renew(row.key(), OptionalLong.empty(), request.owner())));
  }

  private static Future<Void> known(String id, Future<Renewal> renewal) {
    return renewal.compose(
        answer ->
            answer == Renewal.RENEWED
                ? Future.succeededFuture()
                : Future.failedFuture(unknown(id)));
  }

  /**
   * Its checks are known where it was registered; its lease, and what it stands for, everywhere.
   */
  private Future<Reply> ofAnotherReplica(Request request, String id, CheckStatus status) {
    return lists
        .directory()
        .findByLeaseCheck(id)
        .compose(
            row ->
                row.isPresent() ? elsewhere(request, row.get(), id, status) : leased(request, id))
        .map(renewed -> Reply.empty(200));
  }

  private Future<Void> elsewhere(Request request, Entry row, String id, CheckStatus status) {
    Optional<Lease> life = Registrations.life(request);
    return known(id, lists.directory().reportElsewhere(row, status, life, request.owner()));
  }

  /** One that no check stands for, registered in another dialect, perhaps: it is alive. */
  private Future<Void> leased(Request request, String id) {
    Optional<Entry> row =
        id.startsWith(OF_SERVICE)
            ? lists.directory().byWireId(id.substring(OF_SERVICE.length()))
            : Optional.empty();
    return row.filter(known -> known.checks().isEmpty())
        .map(known -> renew(request, known, id))
        .orElseGet(() -> Future.failedFuture(unknown(id)));
  }

  private static Refusal unknown(String id) {
    return new Refusal(
        404,
        "Unknown check ID \""
            + Texts.shown(id)
            + "\". Ensure that the check ID is passed, not the check name.");
  }

  Future<Reply> all(Request request) {
    Query query = Query.of(request, Selectors.CHECKS);
    lists.readiness().require();
    TreeMap<String, ObjectNode> sorted = new TreeMap<>();
    for (Entry row : lists.rows()) {
      for (ObjectNode check : lists.views().checks(row)) {
        if (query.filtered().test(check)) {
          sorted.put(check.path("CheckID").textValue(), check);
        }
      }
    }
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.setAll(sorted);
    return Future.succeededFuture(Reply.json(200, all));
  }
}
