package io.evenkeel.server.consul;

import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

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

  static void requireOwner(Entry row, String owner) {
    if (!row.owner().equals(owner)) {
      throw new Refusal(403, "Permission denied: " + row.wireId() + " belongs to another");
    }
  }

  static Future<Reply> done() {
    return Future.succeededFuture(Reply.empty(200));
  }
}
