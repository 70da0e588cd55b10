package io.evenkeel.loadbalancer.routing;

import io.evenkeel.strategy.EndpointSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the routing comes to: groups, and what of each endpoint is used. */
final class Division {
  private final List<Group> groups;
  private final EndpointSet set;
  private final EndpointSet reserve;
  private final Candidates all;
  private final double @Nullable [] parts; // null when all get all of theirs

  private Division(
      List<Group> groups,
      EndpointSet set,
      EndpointSet reserve,
      Candidates all,
      double @Nullable [] parts) {
    this.groups = groups;
    this.set = set;
    this.reserve = reserve;
    this.all = all;
    this.parts = parts;
  }

  /** Divides the traffic for those of the candidates that suit a call. */
  static Division of(Routing routing, Candidates all, int[] suitable, Situation situation) {
    Group whole = new Group("", 1, suitable);
    if (routing.isUndivided()) {
      return undivided(whole, all);
    }
    Divisions divisions = new Divisions(all);
    List<Group> groups = List.of(whole);
    Canary canary = routing.canary();
    if (canary != null) {
      groups = each(groups, group -> divisions.canary(canary, group));
    }
    Tiers tiers = routing.tiers();
    if (tiers != null) {
      groups = each(groups, group -> divisions.tiers(tiers, group));
    }
    ZonePreference zone = routing.zone();
    if (zone != null) {
      groups = each(groups, group -> divisions.zones(zone, situation.callers(), group));
    }
    double[] parts = new double[all.size()];
    Arrays.fill(parts, 1);
    SubsetChoice subsets = new SubsetChoice(all, situation.callers(), situation.client());
    groups = each(groups, group -> List.of(subsets.of(routing.subset(), group, parts)));
    return divided(groups.isEmpty() ? List.of(whole) : groups, all, suitable, parts);
  }

  private static Division undivided(Group whole, Candidates all) {
    double[] parts = null;
    if (whole.members().length < all.size()) {
      parts = new double[all.size()];
      for (int i : whole.members()) {
        parts[i] = 1;
      }
    }
    EndpointSet none = EndpointSet.of(List.of(), new double[0]);
    return new Division(List.of(whole), all.set(whole.members()), none, all, parts);
  }

  private static List<Group> each(List<Group> groups, Function<Group, List<Group>> division) {
    return groups.stream().flatMap(group -> division.apply(group).stream()).toList();
  }

  private static Division divided(
      List<Group> groups, Candidates all, int[] suitable, double[] parts) {
    boolean[] used = new boolean[all.size()];
    groups.forEach(group -> IntStream.of(group.members()).forEach(member -> used[member] = true));
    int[] taking = IntStream.of(suitable).filter(i -> used[i]).toArray();
    int[] others = IntStream.of(suitable).filter(i -> !used[i]).toArray();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = used[i] ? parts[i] : 0;
    }
    return new Division(groups, all.set(taking), all.set(others), all, parts);
  }

  List<Group> groups() {
    return groups;
  }

  EndpointSet set() {
    return set;
  }

  EndpointSet reserve() {
    return reserve;
  }

  double part(int index) {
    double part = parts == null ? 1 : parts[index];
    return all.takesTraffic(index) ? part : 0;
  }

  /**
   * Who asks.
   *
   * @param callers as far as they are known
   * @param client a hash of this one's id
   */
  record Situation(Callers callers, long client) {}
}
