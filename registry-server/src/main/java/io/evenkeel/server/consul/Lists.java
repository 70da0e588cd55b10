package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What the handlers share: the directory, how it is shown, and who waits for it. */
record Lists(Directory directory, Readiness readiness, Views views, Watches watches) {

  /** All rows, service by service. */
  List<Entry> rows() {
    List<Entry> rows = new ArrayList<>();
    directory.services().forEach(service -> rows.addAll(rows(service)));
    return rows;
  }

  /** The rows of a service, but for those that another dialect took with a URL to nowhere. */
  List<Entry> rows(String service) {
    return directory.entries(service).stream().filter(Entry::isAddressable).toList();
  }

  /** Answers with the rows of the service that a request names, each as it is viewed. */
  Future<Reply> service(Request request, Set<String> selectors, Function<Entry, ObjectNode> view) {
    String service = named(request, "service", "Missing service name");
    return list(
        request,
        selectors,
        service,
        query -> rows(service).stream().filter(query::takes).map(view).toList());
  }

  /**
   * Answers with a list once there is one to be believed.
   *
   * @param watched the service whose changes a blocking query waits for, or {@link Watches#ALL}
   */
  Future<Reply> list(
      Request request,
      Set<String> selectors,
      String watched,
      Function<Query, List<ObjectNode>> found) {
    Query query = Query.of(request, selectors);
    readiness.require();
    return watches.answer(request, query, watched, () -> query.list(found.apply(query)));
  }

  /** What stands in a request's path. */
  static String named(Request request, String variable, String missing) {
    String name = request.variable(variable);
    if (name.isEmpty()) {
      throw new Refusal(400, missing);
    }
    return name;
  }

  static void requireOwner(Entry row, String owner) {
    if (!row.owner().equals(owner)) {
      throw new Refusal(403, "Permission denied: " + row.wireId() + " belongs to another");
    }
  }

  static Future<Reply> done() {
    return Future.succeededFuture(Reply.empty(200));
  }
}
