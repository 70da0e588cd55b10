package io.evenkeel.http.consul;

import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.ServerText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How lists are asked for. Seven components, since they are the URI's parameters.
 *
 * @param dc the data centre, empty for the agent's own
 * @param near the node by whose distance a list is sorted, {@code _agent} for the agent's, or empty
 * @param filter an expression of Consul's filter language, or empty
 * @param tags that an instance must all have
 * @param maxStale how old a stale answer may be before it is asked for again in the default mode
 * @param hold how long a blocking query may be held
 */
record ReadOptions(
    String dc,
    String near,
    String filter,
    List<String> tags,
    Consistency consistency,
    Duration maxStale,
    Duration hold) {
  static final Set<String> NAMES =
      Set.of("dc", "near", "filter", "tag", "consistency", "max-stale", "wait");

  /** Of Consul's modes of consistency. */
  enum Consistency {
    DEFAULT,
    STALE,
    CONSISTENT
  }

  ReadOptions {
    tags = List.copyOf(tags);
  }

  static ReadOptions read(Map<String, String> parameters) {
    String tag = parameters.getOrDefault("tag", "");
    return new ReadOptions(
        parameters.getOrDefault("dc", ""),
        parameters.getOrDefault("near", ""),
        parameters.getOrDefault("filter", ""),
        tag.isEmpty() ? List.of() : List.of(tag.split(",", -1)),
        consistency(parameters.getOrDefault("consistency", "default")),
        GoDuration.read(
            "max-stale",
            parameters.getOrDefault("max-stale", "10s"),
            Duration.ofMillis(1),
            Duration.ofHours(24)),
        GoDuration.read(
            "wait",
            parameters.getOrDefault("wait", "5m"),
            Duration.ofSeconds(1),
            Duration.ofMinutes(10))); // Consul's own bound
  }

  private static Consistency consistency(String text) {
    for (Consistency known : Consistency.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "consistency: "
            + ServerText.shown(text)
            + " (expected: one of default, stale, consistent)");
  }

  /** Whether an answer is from a server that has not heard its leader for too long. */
  boolean isTooOld(Duration lastContact) {
    return consistency == Consistency.STALE && lastContact.compareTo(maxStale) > 0;
  }

  /** The path of a service's list, with its query. */
  String listPath(String service, QueryRequest request) {
    List<String> query = common(request.current());
    add(query, "near", near);
    add(query, "filter", filter);
    tags.forEach(tag -> add(query, "tag", tag));
    if (request.isBlocking()) {
      add(query, "index", Long.toString(request.index()));
      add(query, "wait", GoDuration.write(request.hold()));
    }
    return path("/v1/health/service/" + Call.segment(service), query);
  }

  /** The path of the list of services, with its query. */
  String servicesPath() {
    return path("/v1/catalog/services", common(false));
  }

  private List<String> common(boolean current) {
    List<String> query = new ArrayList<>();
    add(query, "dc", dc);
    boolean usual = consistency == Consistency.STALE && current;
    if (consistency != Consistency.DEFAULT && !usual) {
      query.add(consistency.name().toLowerCase(Locale.ROOT));
    }
    return query;
  }

  private static void add(List<String> query, String name, String value) {
    if (!value.isEmpty()) {
      query.add(name + "=" + Call.segment(value));
    }
  }

  private static String path(String path, List<String> query) {
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }
}
