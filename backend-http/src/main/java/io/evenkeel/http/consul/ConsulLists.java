package io.evenkeel.http.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.LeaseHeaders;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.Pending;
import io.evenkeel.http.engine.WireIds;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Reads lists from Consul. */
record ConsulLists(Link link, ReadOptions options, WireIds ids) {
  private static final String CONSUL_ITSELF = "consul";

  /** Starts to read the instances of a service. */
  BlockingQuery.Reading read(String service, QueryRequest request) {
    Duration timeout = link.options().timeout();
    Call call =
        LeaseHeaders.all(Call.get(options.listPath(service, request)))
            .withHold(request.deadline(timeout).minus(timeout));
    Pending pending = link.wire().open(call);
    return new BlockingQuery.Reading(
        pending.answer().map(answer -> read(service, answer)), pending.giveUp());
  }

  private QueryAnswer read(String service, Answer answer) {
    JsonNode list = answer.json();
    HealthEntries entries = HealthEntries.of(service, ids, list);
    return new QueryAnswer(
        link.rows().read(answer, list, entries::read),
        answer.header("X-Consul-Index"),
        knowsLeader(answer),
        Duration.ofMillis(answer.number("X-Consul-LastContact").orElse(0)));
  }

  private static boolean knowsLeader(Answer answer) {
    String header = answer.header("X-Consul-KnownLeader");
    return header == null || !header.strip().equalsIgnoreCase("false");
  }

  /** The names of the services, without Consul's own. */
  Future<Set<String>> services() {
    return link.wire()
        .send(LeaseHeaders.all(Call.get(options.servicesPath())))
        .map(
            answer -> {
              JsonNode all = answer.json();
              if (!all.isObject()) {
                throw answer.protocol("something else where the services should be", "an object");
              }
              Set<String> names = new TreeSet<>();
              all.fieldNames()
                  .forEachRemaining(
                      name -> Json.name(TextNode.valueOf(name)).ifPresent(names::add));
              names.remove(CONSUL_ITSELF);
              return names;
            });
  }
}
