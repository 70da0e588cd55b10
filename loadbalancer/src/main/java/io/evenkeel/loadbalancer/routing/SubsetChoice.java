package io.evenkeel.loadbalancer.routing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which endpoints of a group one client uses, and which part of each. */
final class SubsetChoice {
  private static final double ENOUGH = 0.5; // of an aperture must be in rotation
  private static final double ROUNDING = 1e-9;

  private final Candidates all;
  private final Callers callers;
  private final long client;

  /**
   * A choice for one client.
   *
   * @param client a hash of its id
   */
  SubsetChoice(Candidates all, Callers callers, long client) {
    this.all = all;
    this.callers = callers;
    this.client = client;
  }

  /**
   * The group with those members that are used.
   *
   * @param parts set to the part of each used endpoint, by its index among the candidates, where
   *     that is not all of it
   */
  Group of(Subset subset, Group group, double[] parts) {
    return new Group(
        group.name(), group.side(), group.share(), members(subset, group.members(), parts));
  }

  private int[] members(Subset subset, int[] members, double[] parts) {
    if (subset instanceof Subset.Chance chance) {
      return members.length <= chance.size() ? members : drawn(chance.size(), members);
    }
    return subset instanceof Subset.Aperture aperture
        ? arc(aperture.minimum(), members, parts)
        : members;
  }

  private int[] drawn(int size, int[] members) {
    return IntStream.of(members)
        .filter(all::takesTraffic)
        .boxed()
        .sorted(Comparator.comparingLong(member -> mix(client ^ hash(member))))
        .limit(size)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  /** All clients must see the same ring, so it has those that are UP, whatever this one thinks. */
  private int[] arc(int minimum, int[] members, double[] parts) {
    int[] ring =
        IntStream.of(members)
            .filter(all::isUp)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingLong(this::hash)
                    .thenComparing(member -> all.instance(member).id()))
            .mapToInt(Integer::intValue)
            .toArray();
    double width = width(minimum, ring.length);
    if (width >= 1) {
      return members;
    }
    double start = callers.knowsPlace() ? (double) callers.place() / callers.count() : place();
    double[] covered = covered(start * ring.length, width * ring.length, ring.length);
    int[] arc = IntStream.range(0, ring.length).filter(i -> covered[i] > 0).toArray();
    int[] chosen = IntStream.of(arc).map(i -> ring[i]).toArray();
    if (all.capacity(chosen) < ENOUGH * all.nominal(chosen)) {
      return members;
    }
    for (int i : arc) {
      parts[ring[i]] = covered[i];
    }
    return chosen;
  }

  /** The arc's share of the ring: so many times the distance of two clients that it is enough. */
  private double width(int minimum, int endpoints) {
    double least = (double) minimum / endpoints;
    double clients = callers.count();
    return callers.knowsPlace() ? Math.ceil(least * clients - ROUNDING) / clients : least;
  }

  /** How much of each of so many endpoints lies in an arc, both in endpoints. */
  private static double[] covered(double start, double length, int endpoints) {
    double[] covered = new double[endpoints];
    double at = start;
    double left = length;
    while (left > ROUNDING) {
      int index = (int) Math.floor(at);
      double part = Math.min(left, index + 1 - at);
      covered[index % endpoints] += part;
      at = index + 1;
      left -= part;
    }
    Arrays.setAll(covered, i -> covered[i] > 1 - ROUNDING ? 1 : covered[i]);
    return covered;
  }

  private double place() {
    return (mix(client) >>> 11) * 0x1p-53;
  }

  private long hash(int member) {
    return hash(all.instance(member).id());
  }

  static long hash(String id) {
    return mix(id.hashCode());
  }

  /** The finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
