package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Who holds how much of the registry: the rows of every replica, and what is being registered here.
 * Who registers without a token holds nothing. Event loop only.
 */
public final class Holdings {
  private final Map<InstanceKey, String> owners = new HashMap<>();
  private final Map<String, Map<String, Integer>> servicesByOwner = new HashMap<>();

  void hold(InstanceKey key, String owner) {
    if (owner.equals(owners.get(key))) {
      return;
    }
    release(key);
    if (!owner.isEmpty()) {
      owners.put(key, owner);
      servicesByOwner
          .computeIfAbsent(owner, name -> new HashMap<>())
          .merge(key.service(), 1, Integer::sum);
    }
  }

  void release(InstanceKey key) {
    String owner = owners.remove(key);
    if (owner != null) {
      servicesByOwner.computeIfPresent(
          owner,
          (name, services) -> {
            services.computeIfPresent(
                key.service(), (service, rows) -> rows == 1 ? null : rows - 1);
            return services.isEmpty() ? null : services;
          });
    }
  }

  /** How many rows an owner has. */
  public int instances(String owner) {
    return servicesByOwner.getOrDefault(owner, Map.of()).values().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** Of how many services they are. */
  public int services(String owner) {
    return servicesByOwner.getOrDefault(owner, Map.of()).size();
  }

  /** Whether one of them is of this service. */
  public boolean holds(String owner, String service) {
    return servicesByOwner.getOrDefault(owner, Map.of()).containsKey(service);
  }
}
