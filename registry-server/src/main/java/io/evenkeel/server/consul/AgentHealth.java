package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Whether services are well, as a status code: {@code /v1/agent/health/service}. */
record AgentHealth(Lists lists) {

  Future<Reply> byId(Request request) {
    String id = Lists.named(request, "id", "Missing serviceID");
    lists.readiness().require();
    Optional<Entry> row = lists.directory().byWireId(id);
    if (row.isEmpty()) {
      String words = "ServiceId " + Texts.shown(id) + " not found";
      JsonNode body = isText(request) ? JsonNodeFactory.instance.textNode(words) : nobody();
      return Future.succeededFuture(reason(Reply.json(404, body), words));
    }
    return Future.succeededFuture(answer(request, row.get().verdict(), entry(row.get())));
  }

  private static ObjectNode nobody() {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("AggregatedStatus", CheckStatus.CRITICAL.label());
    entry.putNull("Service");
    return entry.putNull("Checks");
  }

  Future<Reply> byName(Request request) {
    String name = Lists.named(request, "name", "Missing service Name");
    lists.readiness().require();
    List<Entry> rows = lists.rows(name);
    if (rows.isEmpty()) {
      String words = "ServiceName " + Texts.shown(name) + " Not Found";
      Reply reply =
          isText(request)
              ? Reply.text(404, words).as("text/plain")
              : Reply.json(404, JsonNodeFactory.instance.arrayNode());
      return Future.succeededFuture(reason(reply, words));
    }
    CheckStatus worst = CheckStatus.PASSING;
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    for (Entry row : rows) {
      worst = row.verdict().compareTo(worst) > 0 ? row.verdict() : worst;
      entries.add(entry(row));
    }
    return Future.succeededFuture(answer(request, worst, entries));
  }

  private static boolean isText(Request request) {
    return "text".equals(request.parameter("format"));
  }

  private static Reply answer(Request request, CheckStatus verdict, JsonNode document) {
    Reply reply =
        isText(request)
            ? Reply.text(code(verdict), verdict.label()).as("text/plain")
            : Reply.json(code(verdict), document);
    return reason(reply, verdict.label());
  }

  private static int code(CheckStatus verdict) {
    return switch (verdict) {
      case PASSING -> 200;
      case WARNING -> 429;
      case CRITICAL -> 503;
    };
  }

  private ObjectNode entry(Entry row) {
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry.put("AggregatedStatus", row.verdict().label());
    entry.set("Service", lists.views().agentService(row));
    ArrayNode checks = entry.putArray("Checks");
    lists.views().checks(row).forEach(checks::add);
    return entry;
  }

  private static Reply reason(Reply reply, String words) {
    String ascii = words.replaceAll("[^ -~]", "?"); // a header carries no more
    return reply.with("X-Consul-Reason", ascii);
  }
}
