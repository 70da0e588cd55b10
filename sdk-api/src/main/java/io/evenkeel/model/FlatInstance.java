package io.evenkeel.model;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An instance as string pairs, for wires and stores that know nothing richer: Consul's service
 * meta, a JSON object inside another system's record. What has its default is left out, and what a
 * reader does not know is ignored, so both sides may be of different versions.
 *
 * <p>Keys: {@code service}, {@code id}, {@code scheme}, {@code host}, {@code port}, {@code weight},
 * {@code zone}, {@code version}, {@code status}, {@code tags} (comma-separated, a comma inside a
 * tag as {@code %2C}), {@code health} ({@code http 10000 5000 /health} or {@code tcp 10000 5000};
 * interval and timeout in milliseconds), and {@code meta.} before each metadata key.
 */
public final class FlatInstance {
  /** Stands before the key of each metadata pair. */
  public static final String METADATA = "meta.";

  private FlatInstance() {}

  /** The pairs of an instance, in the order of their keys. */
  public static Map<String, String> write(ServiceInstance instance) {
    Map<String, String> pairs = new TreeMap<>();
    pairs.put("service", instance.service());
    pairs.put("id", instance.id());
    pairs.put("host", instance.host());
    pairs.put("port", Integer.toString(instance.port()));
    putUnless("http", pairs, "scheme", instance.scheme());
    putUnless("1", pairs, "weight", Integer.toString(instance.weight()));
    putUnless("", pairs, "zone", instance.zone());
    putUnless("", pairs, "version", instance.version());
    putUnless("UP", pairs, "status", instance.status().name());
    putUnless("", pairs, "health", health(instance.healthCheck()));
    putUnless("", pairs, "tags", tags(instance.tags()));
    instance.metadata().forEach((key, value) -> pairs.put(METADATA + key, value));
    return pairs;
  }

  /**
   * The instance that the pairs describe; only service, host and port must be there.
   *
   * @throws IllegalArgumentException naming the first value that is missing or out of bounds
   */
  public static ServiceInstance read(Map<String, String> pairs) {
    ServiceInstance.Builder builder =
        ServiceInstance.builder(
            pairs.getOrDefault("service", ""),
            pairs.getOrDefault("host", ""),
            number("port", pairs.getOrDefault("port", "")));
    with(pairs.get("id"), builder::id);
    with(pairs.get("scheme"), builder::scheme);
    with(pairs.get("weight"), value -> builder.weight(number("weight", value)));
    with(pairs.get("zone"), builder::zone);
    with(pairs.get("version"), builder::version);
    with(pairs.get("status"), value -> builder.status(status(value)));
    with(pairs.get("health"), value -> builder.healthCheck(readHealth(value)));
    with(pairs.get("tags"), value -> builder.tags(readTags(value)));
    pairs.forEach(
        (key, value) -> {
          if (key.startsWith(METADATA)) {
            builder.metadata(key.substring(METADATA.length()), value);
          }
        });
    return builder.build();
  }

  private static void putUnless(String usual, Map<String, String> pairs, String key, String value) {
    if (!value.equals(usual)) {
      pairs.put(key, value);
    }
  }

  private static void with(@Nullable String value, Consumer<String> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private static String health(HealthCheck check) {
    if (check instanceof HealthCheck.Http http) {
      return times("http", http.interval(), http.timeout()) + " " + http.target();
    }
    return check instanceof HealthCheck.Tcp tcp ? times("tcp", tcp.interval(), tcp.timeout()) : "";
  }

  private static String times(String kind, Duration interval, Duration timeout) {
    return kind + " " + interval.toMillis() + " " + timeout.toMillis();
  }

  private static HealthCheck readHealth(String text) {
    String[] parts = text.split(" ", 4);
    boolean http = parts[0].equals("http") && parts.length == 4;
    if (!http && !(parts[0].equals("tcp") && parts.length == 3)) {
      throw Checks.refused("health", text, "http <interval ms> <timeout ms> <target>, or tcp");
    }
    Duration interval = Duration.ofMillis(number("health interval", parts[1]));
    Duration timeout = Duration.ofMillis(number("health timeout", parts[2]));
    return http
        ? new HealthCheck.Http(parts[3], interval, timeout)
        : new HealthCheck.Tcp(interval, timeout);
  }

  private static String tags(Collection<String> tags) {
    return tags.stream()
        .map(tag -> tag.replace("%", "%25").replace(",", "%2C"))
        .collect(Collectors.joining(","));
  }

  private static List<String> readTags(String text) {
    return Stream.of(text.split(",", -1))
        .map(tag -> tag.replace("%2C", ",").replace("%25", "%"))
        .toList();
  }

  private static InstanceStatus status(String text) {
    for (InstanceStatus status : InstanceStatus.values()) {
      if (status.name().equals(text)) {
        return status;
      }
    }
    throw Checks.refused("status", text, "one of " + List.of(InstanceStatus.values()));
  }

  private static int number(String field, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Checks.refused(field, text, "a whole number");
    }
  }
}
