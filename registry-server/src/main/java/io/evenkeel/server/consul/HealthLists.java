package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The lists below {@code /v1/health}. */
record HealthLists(Lists lists) {

  Future<Reply> service(Request request) {
    return lists.service(request, Selectors.HEALTH, lists.views()::healthEntry);
  }

  Future<Reply> checks(Request request) {
    String service = Lists.named(request, "service", "Missing service name");
    return lists.list(request, Selectors.CHECKS, service, query -> checks(lists.rows(service)));
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
    String node = Lists.named(request, "node", "Missing node name");
    boolean ours = node.equals(lists.views().node().name());
    return lists.list(
        request, Selectors.CHECKS, Watches.ALL, query -> ours ? everything() : List.of());
  }

  Future<Reply> state(Request request) {
    String state = Lists.named(request, "state", "Missing check state");
    return lists.list(
        request,
        Selectors.CHECKS,
        Watches.ALL,
        query -> everything().stream().filter(check -> isIn(check, state)).toList());
  }

  private static boolean isIn(ObjectNode check, String state) {
    return state.equals("any") || state.equals(check.path("Status").textValue());
  }
}
