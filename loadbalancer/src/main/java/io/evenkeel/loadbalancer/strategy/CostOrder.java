package io.evenkeel.loadbalancer.strategy;

import java.util.Arrays;

/**
 * Brings endpoints of the same cost together, the cheapest first, each at its place among its like:
 * those that tie are neighbours in a tree then, and what one of them does is not heard of above.
 */
final class CostOrder {
  /** With more different costs than this few tie, and the order they come in is kept. */
  private static final int MOST = 16;

  private CostOrder() {}

  /** The places of the costs in their new order. */
  static int[] of(long[] costs) {
    long[] different = new long[MOST];
    int count = 0;
    for (long cost : costs) {
      int place = place(different, count, cost);
      if (place == count) {
        if (count == MOST) {
          return sequence(new long[] {0}, 1, new long[costs.length]);
        }
        different[count++] = cost;
      }
    }
    Arrays.sort(different, 0, count);
    return sequence(different, count, costs);
  }

  private static int[] sequence(long[] different, int count, long[] costs) {
    int[] next = new int[count + 1]; // where the next one of a cost goes, one place later
    for (long cost : costs) {
      next[place(different, count, cost) + 1]++;
    }
    for (int i = 1; i <= count; i++) {
      next[i] += next[i - 1];
    }
    int[] order = new int[costs.length];
    for (int i = 0; i < costs.length; i++) {
      order[next[place(different, count, costs[i])]++] = i;
    }
    return order;
  }

  private static int place(long[] different, int count, long cost) {
    int place = 0;
    while (place < count && different[place] != cost) {
      place++;
    }
    return place;
  }
}
