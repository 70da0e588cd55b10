package io.evenkeel.loadbalancer.routing;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Which share of all traffic the callers of each zone ask for: above 0 for the own zone. */
final class ZoneNeeds {
  private final Map<String, Double> shares;

  private ZoneNeeds(Map<String, Double> shares) {
    this.shares = shares;
  }

  /**
   * The callers' shares where they are known, this one counted in any case; else the same share for
   * each zone that has instances, and for the own.
   */
  static ZoneNeeds of(String own, Collection<String> zones, Callers callers) {
    Map<String, Double> counts = new TreeMap<>();
    if (callers.perZone().isEmpty()) {
      zones.forEach(zone -> counts.put(zone, 1.0));
    } else {
      callers.perZone().forEach((zone, count) -> counts.put(zone, (double) count));
    }
    counts.putIfAbsent(own, 1.0);
    double sum = counts.values().stream().mapToDouble(Double::doubleValue).sum();
    counts.replaceAll((zone, count) -> count / sum);
    return new ZoneNeeds(counts);
  }

  double of(String zone) {
    return shares.getOrDefault(zone, 0.0);
  }
}
