package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The lists below {@code /v1/health}. */
record HealthLists(Lists lists) {

  Future<Reply> service(Request request) {
    String service = named(request, "service", "Missing service name");
    Query query = Query.of(request, Selectors.HEALTH);
    lists.readiness().require();
    return lists
        .watches()
        .answer(
            request,
            query,
            service,
            () ->
                query.list(
                    lists.rows(service).stream()
                        .filter(query::takes)
                        .map(lists.views()::healthEntry)
                        .toList()));
  }

  Future<Reply> checks(Request request) {
    String service = named(request, "service", "Missing service name");
    Query query = Query.of(request, Selectors.CHECKS);
    lists.readiness().require();
    return lists
        .watches()
        .answer(request, query, service, () -> query.list(checks(lists.rows(service))));
  }

  private List<ObjectNode> checks(Iterable<Entry> rows) {
    List<ObjectNode> checks = new ArrayList<>();
    rows.forEach(row -> checks.addAll(lists.views().checks(row)));
    return checks;
  }

  private List<ObjectNode> everything() {
    List<ObjectNode> checks = new ArrayList<>(List.of(lists.views().node().check()));
    checks.addAll(checks(lists.rows()));
    return checks;
  }

  Future<Reply> node(Request request) {
    String node = named(request, "node", "Missing node name");
    Query query = Query.of(request, Selectors.CHECKS);
    lists.readiness().require();
    boolean ours = node.equals(lists.views().node().name());
    return lists
        .watches()
        .answer(request, query, Watches.ALL, () -> query.list(ours ? everything() : List.of()));
  }

  Future<Reply> state(Request request) {
    String state = named(request, "state", "Missing check state");
    Query query = Query.of(request, Selectors.CHECKS);
    lists.readiness().require();
    return lists
        .watches()
        .answer(
            request,
            query,
            Watches.ALL,
            () -> query.list(everything().stream().filter(check -> isIn(check, state)).toList()));
  }

  private static boolean isIn(ObjectNode check, String state) {
    return state.equals("any") || state.equals(check.path("Status").textValue());
  }

  private static String named(Request request, String variable, String missing) {
    String name = request.variable(variable);
    if (name.isEmpty()) {
      throw new Refusal(400, missing);
    }
    return name;
  }
}
