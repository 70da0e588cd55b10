package io.evenkeel.loadbalancer.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Some of the candidates, which share a part of the traffic. */
final class Group {
  private final String name;
  private final int side;
  private final double share;
  private final int[] members;

  /**
   * A group.
   *
   * @param name by which it is found again when the list has changed
   * @param side of the canary's division, 0 or 1: what warms up on one costs the other nothing
   * @param share of its side's traffic, above 0 and up to 1
   * @param members by their index among the candidates; handed over
   */
  Group(String name, int side, double share, int[] members) {
    this.name = name;
    this.side = side;
    this.share = share;
    this.members = members;
  }

  String name() {
    return name;
  }

  int side() {
    return side;
  }

  double share() {
    return share;
  }

  int[] members() {
    return members;
  }

  /** A part of this group that takes a part of its traffic. */
  Group part(String suffix, double shareOfThis, int[] some) {
    return new Group(name + "/" + suffix, side, share * shareOfThis, some);
  }

  /** The members by something they have. */
  <K extends Comparable<K>> SortedMap<K, int[]> by(IntFunction<K> property) {
    Map<K, List<Integer>> lists = new TreeMap<>();
    for (int member : members) {
      lists.computeIfAbsent(property.apply(member), key -> new ArrayList<>()).add(member);
    }
    SortedMap<K, int[]> parts = new TreeMap<>();
    lists.forEach(
        (key, list) -> parts.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
    return parts;
  }
}
