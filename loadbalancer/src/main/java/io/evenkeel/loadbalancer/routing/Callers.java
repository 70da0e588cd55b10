package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Those who call the service, as far as they announce themselves: where this one stands among them,
 * and how many there are in each zone. Any registry knows it, so no control plane is needed.
 *
 * @param place of this one, 0..count − 1; below 0 when it is not listed
 * @param count of all
 * @param perZone how many there are in each zone
 */
public record Callers(int place, int count, Map<String, Integer> perZone) {

  /** Copies the counts. */
  public Callers {
    perZone = Map.copyOf(perZone);
  }

  /** Nothing known. */
  public static Callers unknown() {
    return new Callers(-1, 0, Map.of());
  }

  /**
   * The callers of a list, in the order of their ids; those that are UP count.
   *
   * @param id of this one
   */
  public static Callers of(List<ServiceInstance> instances, String id) {
    Map<String, Integer> perZone = new TreeMap<>();
    int count = 0;
    int before = 0;
    boolean listed = false;
    for (ServiceInstance instance : instances) {
      if (instance.takesTraffic()) {
        count++;
        perZone.merge(instance.zone(), 1, Integer::sum);
        before += instance.id().compareTo(id) < 0 ? 1 : 0;
        listed |= instance.id().equals(id);
      }
    }
    return new Callers(listed ? before : -1, count, perZone);
  }

  boolean knowsPlace() {
    return place >= 0;
  }
}
