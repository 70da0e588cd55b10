package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Request;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a list is asked for with. Nine components, since they are Consul's query options.
 *
 * @param index what the client has seen, 0 for an answer at once
 * @param patience how long it waits for something newer
 * @param consistency as the answer's header says it
 * @param filtered whether a row of the answer passes the filter
 * @param nowhere whether no node has the meta that was asked for
 * @param living whether rows whose lease ran out are left out: for Evenkeel's own client
 * @param key the same for queries with the same answer
 */
record Query(
    boolean passing,
    List<String> tags,
    long index,
    Duration patience,
    String consistency,
    Predicate<JsonNode> filtered,
    boolean nowhere,
    boolean living,
    String key) {
  private static final Duration USUAL_WAIT = Duration.ofMinutes(5);
  private static final Duration MAX_WAIT = Duration.ofMinutes(10);
  private static final Set<String> TRUE = Set.of("", "1", "t", "T", "true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "False", "FALSE");
  private static final String ONLY_META = "consul-network-segment:";

  /** Reads the options of a list whose rows have these fields. */
  static Query of(Request request, Set<String> selectors) {
    requireDatacenter(request);
    long index = index(request);
    boolean living = request.header(WireHeaders.VIEW) != null;
    String filter = or(request.parameter("filter"), "");
    List<String> tags = request.parameters("tag").stream().filter(tag -> !tag.isEmpty()).toList();
    List<String> nodeMeta = request.parameters("node-meta");
    boolean passing = passing(request);
    return new Query(
        passing,
        tags,
        index,
        patience(request),
        consistency(request),
        filter.isBlank() ? row -> true : FilterParser.read(filter, selectors),
        !nodeMeta.stream().allMatch(ONLY_META::equals),
        living,
        String.join(
            "\n", request.http().path(), "" + passing + living, "" + tags, "" + nodeMeta, filter));
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static void requireDatacenter(Request request) {
    String dc = or(request.parameter("dc"), "");
    if (!dc.isEmpty() && !dc.equals(Node.DATACENTER)) {
      throw new Refusal(500, "No path to datacenter");
    }
  }

  private static long index(Request request) {
    String index = or(request.parameter("index"), "");
    if (index.isEmpty()) {
      return 0;
    }
    if (!index.matches("\\d{1,18}")) { // none of ours has more digits
      throw new Refusal(400, "Invalid index");
    }
    return Long.parseLong(index);
  }

  private static Duration patience(Request request) {
    String text = or(request.parameter("wait"), "");
    if (text.isEmpty()) {
      return USUAL_WAIT;
    }
    Duration wait = GoDuration.read(text).orElseThrow(() -> new Refusal(400, "Invalid wait time"));
    if (wait.isZero()) {
      return USUAL_WAIT;
    }
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  private static String consistency(Request request) {
    boolean stale = request.query().containsKey("stale");
    boolean consistent = request.query().containsKey("consistent");
    if (stale && consistent) {
      throw new Refusal(400, "Cannot specify ?stale with ?consistent, conflicting semantics.");
    }
    if (request.query().containsKey("cached") && consistent) {
      throw new Refusal(400, "Cannot specify ?cached with ?consistent, conflicting semantics.");
    }
    return stale ? "stale" : consistent ? "consistent" : "leader";
  }

  private static boolean passing(Request request) {
    String passing = request.parameter("passing");
    if (passing == null || FALSE.contains(passing)) {
      return false;
    }
    if (!TRUE.contains(passing)) {
      throw new Refusal(400, "Invalid value for ?passing");
    }
    return true;
  }

  /** Whether a row is one that was asked for. */
  boolean takes(Entry row) {
    boolean healthy = row.verdict() == CheckStatus.PASSING && row.isHealthy();
    return !nowhere
        && (!passing || healthy)
        && !(living && row.isExpired())
        && row.instance().tags().containsAll(tags);
  }

  /** The rows that pass the filter, as a list. */
  ArrayNode list(List<? extends JsonNode> rows) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    if (!nowhere) {
      rows.stream().filter(filtered).forEach(list::add);
    }
    return list;
  }

  /** Whether it may wait for something newer. */
  boolean isBlocking() {
    return index != 0;
  }
}
