package io.evenkeel.loadbalancer.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Divides a group's traffic among parts of it. Parts that would get none are left out. */
final class Divisions {
  private final Candidates all;

  Divisions(Candidates all) {
    this.all = all;
  }

  /** One side of the canary's division, or both: the canaries' and the others'. */
  List<Group> sides(Canary canary, int[] members) {
    Group whole = new Group("", 0, 1, members);
    SortedMap<Boolean, int[]> parts =
        whole.by(member -> canary.instances().matches(all.instance(member)));
    int[] canaries = parts.getOrDefault(true, new int[0]);
    int[] others = parts.getOrDefault(false, new int[0]);
    boolean both = all.capacity(canaries) > 0 && all.capacity(others) > 0;
    if (!both || canary.share() == 0 || canary.share() == 1) {
      boolean canariesTakeAll = both ? canary.share() == 1 : all.capacity(others) == 0;
      return List.of(new Group("", 0, 1, canariesTakeAll ? canaries : others));
    }
    return List.of(new Group("/canary", 0, 1, canaries), new Group("/stable", 1, 1, others));
  }

  List<Group> tiers(Tiers tiers, Group group) {
    SortedMap<Integer, int[]> parts =
        group.by(member -> tiers.tier().applyAsInt(all.instance(member)));
    Map<Integer, Double> health = new TreeMap<>();
    parts.forEach((tier, members) -> health.put(tier, health(members, tiers.overProvisioning())));
    double total = health.values().stream().mapToDouble(Double::doubleValue).sum();
    List<Group> divided = new ArrayList<>();
    double left = 1;
    for (Map.Entry<Integer, int[]> part : parts.entrySet()) {
      double its = health.getOrDefault(part.getKey(), 0.0);
      double share = Math.min(left, total < 1 && total > 0 ? its / total : its);
      addPart(divided, group, "tier " + part.getKey(), share, part.getValue());
      left -= share;
    }
    return divided;
  }

  /** How much of its traffic a tier can take: 0..1. */
  private double health(int[] members, double overProvisioning) {
    double capacity = all.capacity(members);
    return capacity == 0 ? 0 : Math.min(1, overProvisioning * (capacity / all.nominal(members)));
  }

  List<Group> zones(ZonePreference preference, Callers callers, Group group) {
    SortedMap<String, int[]> parts = group.by(member -> all.instance(member).zone());
    double capacity = all.capacity(group.members());
    if (capacity == 0 || inRotation(group) < preference.minimumEndpoints()) {
      return List.of(group);
    }
    ZoneNeeds needs = ZoneNeeds.of(preference.zone(), parts.keySet(), callers);
    Map<String, Double> room = new TreeMap<>();
    parts.forEach(
        (zone, members) ->
            room.put(zone, Math.max(0, all.capacity(members) / capacity - needs.of(zone))));
    int[] own = parts.getOrDefault(preference.zone(), new int[0]);
    double local = Math.min(1, all.capacity(own) / capacity / needs.of(preference.zone()));
    double roomElsewhere =
        room.values().stream().mapToDouble(Double::doubleValue).sum()
            - room.getOrDefault(preference.zone(), 0.0);
    List<Group> divided = new ArrayList<>();
    boolean stays = local == 1 || roomElsewhere <= 0; // rounding may leave no room
    parts.forEach(
        (zone, members) -> {
          boolean isOwn = zone.equals(preference.zone());
          double away = stays ? 0 : (1 - local) * room.getOrDefault(zone, 0.0) / roomElsewhere;
          addPart(divided, group, "zone " + zone, isOwn ? (stays ? 1 : local) : away, members);
        });
    return divided;
  }

  private long inRotation(Group group) {
    long count = 0;
    for (int member : group.members()) {
      count += all.takesTraffic(member) ? 1 : 0;
    }
    return count;
  }

  private void addPart(
      List<Group> divided, Group group, String suffix, double share, int[] members) {
    if (share > 0 && all.capacity(members) > 0) {
      divided.add(group.part(suffix, share, members));
    }
  }
}
