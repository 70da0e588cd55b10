package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Answers lists, at once or when they have changed. What is written for one client is handed to all
 * who ask the same, until the list changes. Event loop only.
 */
final class Watches {
  /** The topic of a list over all services. */
  static final String ALL = "";

  private static final int SPREAD = 16; // Consul adds up to a sixteenth of the wait

  private final Directory directory;
  private final ConsulDialect.WatchLimits limits;
  private final RandomGenerator random;
  private final Map<String, Integer> waitingByClient = new HashMap<>();
  private final WrittenLists written = new WrittenLists();
  private int waiting;

  Watches(Directory directory, ConsulDialect.WatchLimits limits, RandomGenerator random) {
    this.directory = directory;
    this.limits = limits;
    this.random = random;
  }

  /**
   * The answer to a query of a topic.
   *
   * @param topic a service's name, or {@link #ALL}
   * @param list makes the list as it is now
   */
  Future<Reply> answer(Request request, Query query, String topic, Supplier<JsonNode> list) {
    if (!query.isBlocking() || query.index() != index(topic)) {
      return Future.succeededFuture(reply(query, topic, list));
    }
    return pause(request, query, topic, () -> index(topic) == query.index())
        .map(woken -> reply(query, topic, list));
  }

  /** Completes when something is no longer as it was, or the query has waited for long enough. */
  Future<Void> pause(Request request, Query query, String topic, BooleanSupplier asItWas) {
    String client = request.client();
    enter(client);
    long nanos = query.patience().toNanos();
    Duration patience = Duration.ofNanos(nanos + random.nextLong(nanos / SPREAD + 1));
    return directory
        .change(topic, asItWas, patience, request.gone())
        .onComplete(woken -> leave(client));
  }

  private long index(String topic) {
    return topic.equals(ALL) ? directory.index() : directory.index(topic);
  }

  private void enter(String client) {
    if (waiting >= limits.all() || waitingByClient.getOrDefault(client, 0) >= limits.perClient()) {
      throw new Refusal(429, "too many blocking queries", Map.of("Retry-After", "5"));
    }
    waiting++;
    waitingByClient.merge(client, 1, Integer::sum);
  }

  private void leave(String client) {
    waiting--;
    waitingByClient.computeIfPresent(client, (name, count) -> count > 1 ? count - 1 : null);
  }

  private Reply reply(Query query, String topic, Supplier<JsonNode> list) {
    long index = index(topic);
    boolean reachable = directory.isReachable();
    if (!reachable && query.consistency().equals("consistent")) {
      throw new Refusal(500, "No cluster leader");
    }
    Buffer body = written.at(query.key(), index);
    if (body == null) {
      body = Json.write(list.get());
      written.keep(query.key(), index, body);
    }
    Map<String, String> headers =
        Map.of(
            "X-Consul-Index", Long.toString(index),
            "X-Consul-KnownLeader", Boolean.toString(reachable),
            "X-Consul-LastContact", "0",
            "X-Consul-Effective-Consistency", query.consistency());
    return new Reply(200, "application/json", headers, body);
  }
}
