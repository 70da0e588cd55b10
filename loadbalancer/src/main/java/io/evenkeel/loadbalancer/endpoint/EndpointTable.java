package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.health.EndpointHealth;
import io.evenkeel.model.ServiceInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reconciles one list with the next: survivors keep their endpoint, and with it their statistics
 * and their place; newcomers get a new one behind them; leavers finish their attempts, and one that
 * comes back meanwhile is taken up again as it was. One thread.
 */
final class EndpointTable {
  private final Function<ServiceInstance, LiveEndpoint> newEndpoint;
  private List<LiveEndpoint> endpoints = List.of();
  private List<EndpointHealth> healths = List.of();
  private List<LiveEndpoint> leavers = List.of();

  EndpointTable(Function<ServiceInstance, LiveEndpoint> newEndpoint) {
    this.newEndpoint = newEndpoint;
  }

  /** What is known of their health, in the same order. */
  List<EndpointHealth> healths() {
    return healths;
  }

  /** The endpoints of the last list. */
  List<LiveEndpoint> endpoints() {
    return endpoints;
  }

  /** Those that are no longer listed but have attempts in flight. */
  List<LiveEndpoint> leavers() {
    return leavers;
  }

  /** Takes a list over; whether somebody came, left or changed places. */
  boolean reconcile(List<ServiceInstance> instances) {
    boolean changed = !updateInOrder(instances);
    if (changed) {
      rebuild(instances);
    }
    return changed;
  }

  /** The common case, a change of one instance's payload, without a map of all; else false. */
  private boolean updateInOrder(List<ServiceInstance> instances) {
    if (instances.size() != endpoints.size()) {
      return false;
    }
    for (int i = 0; i < instances.size(); i++) {
      if (!endpoints.get(i).isSameProcess(instances.get(i))) {
        return false;
      }
      endpoints.get(i).update(instances.get(i));
    }
    return true;
  }

  private void rebuild(List<ServiceInstance> instances) {
    Map<String, ServiceInstance> newcomers = new LinkedHashMap<>(instances.size() * 2);
    instances.forEach(instance -> newcomers.put(instance.id(), instance));
    List<LiveEndpoint> listed = new ArrayList<>(newcomers.size());
    List<LiveEndpoint> left = new ArrayList<>();
    keep(endpoints, newcomers, listed, left);
    keep(leavers, newcomers, listed, left);
    newcomers.values().forEach(instance -> listed.add(newEndpoint.apply(instance)));
    left.removeIf(endpoint -> endpoint.inFlight() == 0);
    endpoints = listed;
    healths = listed.stream().map(LiveEndpoint::health).toList();
    leavers = left;
  }

  private static void keep(
      List<LiveEndpoint> known,
      Map<String, ServiceInstance> newcomers,
      List<LiveEndpoint> listed,
      List<LiveEndpoint> left) {
    for (LiveEndpoint endpoint : known) {
      ServiceInstance newest = newcomers.get(endpoint.instance().id());
      if (newest != null && endpoint.isSameProcess(newest)) {
        newcomers.remove(newest.id());
        endpoint.update(newest);
        listed.add(endpoint);
      } else {
        left.add(endpoint);
      }
    }
  }
}
