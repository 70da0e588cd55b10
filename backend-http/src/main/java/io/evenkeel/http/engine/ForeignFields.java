package io.evenkeel.http.engine;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of systems that know less, or other things, than Evenkeel. */
public final class ForeignFields {
  private static final int MAX_PAIRS = 64;

  private ForeignFields() {}

  /** An instance whose address stands in a URL; the URL's path is not part of an instance. */
  public static ServiceInstance.Builder at(String service, String id, String url) {
    HttpUrl parsed = HttpUrl.parse(url);
    return ServiceInstance.builder(service, parsed.host(), parsed.port())
        .id(id)
        .scheme(parsed.scheme());
  }

  /** The pairs that an instance may carry, without those of the given keys. */
  public static Map<String, String> metadata(Map<String, String> pairs, Set<String> without) {
    Map<String, String> kept = new LinkedHashMap<>();
    pairs.forEach(
        (key, value) -> {
          boolean fits = isPlain(key, 128) && !key.isEmpty() && isPlain(value, 512);
          if (fits && kept.size() < MAX_PAIRS && !without.contains(key)) {
            kept.put(key, value);
          }
        });
    return kept;
  }

  /** Whether a text is short enough and holds no control characters. */
  public static boolean isPlain(String text, int maxLength) {
    return text.length() <= maxLength
        && text.codePoints()
            .noneMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
  }

  /** A check by URL, or none where the text is no such URL. */
  public static HealthCheck healthCheck(@Nullable String url) {
    try {
      return url == null ? HealthCheck.none() : HealthCheck.http(url);
    } catch (IllegalArgumentException e) {
      return HealthCheck.none(); // it is optional, and the instance is good without it
    }
  }

  /** An instance with the server's verdict; its own word wins unless that is UP. */
  public static ServiceInstance judged(ServiceInstance instance, @Nullable String verdict) {
    if (instance.status() != InstanceStatus.UP || verdict == null) {
      return instance;
    }
    return switch (verdict) {
      case "unhealthy", "critical" -> instance.withStatus(InstanceStatus.DOWN);
      case "stopping" -> instance.withStatus(InstanceStatus.DRAINING);
      case "starting" -> instance.withStatus(InstanceStatus.STARTING);
      default -> instance;
    };
  }
}
