package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.EndpointSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Points on a circle of hashes, each with its endpoint, which owns what lies before it. Made from
 * the ring before by taking out the points of those that left and merging in those that came, so
 * that a change costs no sorting of what stays.
 */
final class Ring implements KeyedPicker.Owners {
  /** What the lightest has, unless told otherwise. */
  static final int POINTS = 256;

  /** What the lightest may have. */
  static final int MOST_POINTS = 4_096;

  private static final int WIDEST = 16; // the heaviest has so many times the lightest's at most
  private static final long MOST_IN_ALL = 1 << 22; // points: 50 MB
  private static final long OWNER = (1 << 18) - 1; // low bits of a point that is being merged

  private final String[] ids; // by place in the set
  private final int[] counts; // of points, by place
  private final long[] hashes; // in order
  private final int[] owners;
  private final HashIndex index;

  Ring(EndpointSet set, int points, @Nullable Ring before) {
    this.ids = new String[set.size()];
    this.counts = new int[set.size()];
    double min = Arrays.stream(set.weights()).min().orElse(1);
    for (int i = 0; i < ids.length; i++) {
      ids[i] = set.get(i).instance().id();
      counts[i] = (int) Math.min(WIDEST * points, Math.rint(points * set.weight(i) / min));
    }
    for (long all = Arrays.stream(counts).asLongStream().sum(); all > MOST_IN_ALL; all /= 2) {
      Arrays.setAll(
          counts, i -> Math.max(1, counts[i] / 2)); // by halves, so that it seldom changes
    }
    int[] moved = before == null ? new int[0] : newPlaces(before);
    long[] added = added(moved);
    int kept = 0;
    for (int place = 0; place < moved.length && before != null; place++) {
      kept += moved[place] >= 0 ? before.counts[place] : 0;
    }
    this.hashes = new long[kept + added.length];
    this.owners = new int[kept + added.length];
    merge(before, moved, added);
    this.index = new HashIndex(hashes);
  }

  /** Where those of the ring before are now; −1 if they are not, or have other points. */
  private int[] newPlaces(Ring before) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      places.put(ids[i], i);
    }
    int[] moved = new int[before.ids.length];
    for (int i = 0; i < moved.length; i++) {
      int place = places.getOrDefault(before.ids[i], -1);
      moved[i] = place >= 0 && counts[place] == before.counts[i] ? place : -1;
    }
    return moved;
  }

  /** The points of those that the ring before does not have, in order, with their owners. */
  private long[] added(int[] moved) {
    boolean[] known = new boolean[ids.length];
    Arrays.stream(moved).filter(place -> place >= 0).forEach(place -> known[place] = true);
    long[] added =
        new long[IntStream.range(0, ids.length).map(i -> known[i] ? 0 : counts[i]).sum()];
    int next = 0;
    for (int i = 0; i < ids.length; i++) {
      long hash = Hashes.of(ids[i]);
      for (int point = 0; point < counts[i] && !known[i]; point++) {
        added[next++] = (Hashes.nth(hash, point) & ~OWNER) | i;
      }
    }
    Arrays.sort(added);
    return added;
  }

  private void merge(@Nullable Ring before, int[] moved, long[] added) {
    int next = 0;
    int point = 0;
    for (int i = 0; before != null && i < before.owners.length; i++) {
      int owner = moved[before.owners[i]];
      for (; owner >= 0 && next < added.length && added[next] < before.hashes[i]; next++) {
        put(point++, added[next] & ~OWNER, (int) (added[next] & OWNER));
      }
      if (owner >= 0) {
        put(point++, before.hashes[i], owner);
      }
    }
    for (; next < added.length; next++) {
      put(point++, added[next] & ~OWNER, (int) (added[next] & OWNER));
    }
  }

  private void put(int point, long hash, int owner) {
    hashes[point] = hash;
    owners[point] = owner;
  }

  @Override
  public int owner(long hash) {
    int at = index.ceiling(hash);
    return owners[at == owners.length ? 0 : at];
  }
}
