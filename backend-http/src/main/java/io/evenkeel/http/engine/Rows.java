package io.evenkeel.http.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists that a server sent: a bad row costs that row, not the list. What is dropped is
 * counted and said once per cause in 30 s. A list of bad rows only, or of more than 10,000, is
 * refused as a whole, so that the last good one stays. Safe from any thread.
 */
public final class Rows {
  static final int MAX = 10_000;
  private static final System.Logger LOG = System.getLogger(Rows.class.getName());
  private static final Duration QUIET = Duration.ofSeconds(30);

  private record Drops(long count, long saidAt) {}

  private final String registry;
  private final ServerText text;
  private final AddressPolicy policy;
  private final TimeSource time;
  private final Map<String, Drops> drops = new HashMap<>(); // guarded by this; causes are constants

  Rows(WireOptions options, TimeSource time) {
    this.registry = options.name();
    this.text = new ServerText(options);
    this.policy = new AddressPolicy(options.allowLinkLocal());
    this.time = time;
  }

  /**
   * The instances of a list, in its order; of rows with one key the last counts.
   *
   * @param list what should be an array
   * @param decode makes one row's instance, or null for a row that is none and not bad either; an
   *     {@link IllegalArgumentException} drops the row
   * @throws RegistryException.Protocol when the list is not to be believed
   */
  public List<ServiceInstance> read(
      Answer answer, JsonNode list, Function<JsonNode, @Nullable ServiceInstance> decode) {
    if (!list.isArray()) {
      throw answer.protocol("something else where the list should be", "an array");
    }
    if (list.size() > MAX) {
      throw answer.protocol(list.size() + " rows", "at most " + MAX);
    }
    Map<InstanceKey, ServiceInstance> byKey = new LinkedHashMap<>();
    String lastRefusal = "";
    int refused = 0;
    for (JsonNode row : list) {
      try {
        ServiceInstance instance = decode.apply(row);
        if (instance != null) {
          checkHosts(instance);
          keep(instance, byKey);
        }
      } catch (IllegalArgumentException e) {
        refused++;
        lastRefusal = String.valueOf(e.getMessage());
        drop("a bad row", lastRefusal);
      }
    }
    if (refused > 0 && byKey.isEmpty()) {
      throw answer.protocol("bad rows only, the last: " + lastRefusal, "instances");
    }
    return new ArrayList<>(byKey.values());
  }

  private void checkHosts(ServiceInstance instance) {
    policy.check(instance.host());
    if (instance.healthCheck() instanceof HealthCheck.Http http && !http.target().startsWith("/")) {
      policy.check(HttpUrl.parse(http.target()).host());
    }
  }

  private void keep(ServiceInstance instance, Map<InstanceKey, ServiceInstance> byKey) {
    if (byKey.put(instance.key(), instance) != null) {
      drop("an earlier row with the same id", instance.key().toString());
    }
  }

  private synchronized void drop(String cause, String detail) {
    long now = time.nanoTime();
    Drops before = drops.getOrDefault(cause, new Drops(0, now - QUIET.toNanos()));
    boolean due = now - before.saidAt() >= QUIET.toNanos();
    long count = before.count() + 1;
    drops.put(cause, new Drops(count, due ? now : before.saidAt()));
    if (due) {
      LOG.log(
          Level.WARNING,
          "{0}: dropped {1}: {2} ({3} so far)",
          registry,
          cause,
          text.of(detail),
          count);
    }
  }
}
