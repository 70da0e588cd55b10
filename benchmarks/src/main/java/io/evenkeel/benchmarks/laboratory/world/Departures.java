package io.evenkeel.benchmarks.laboratory.world;

import java.util.Arrays;

/** Which server finishes a request next: a tournament among them, replayed from the one changed. */
final class Departures {
  private final int leaves;
  private final long[] times; // by server
  private final int[] winners; // of each match, the root at 1

  Departures(int servers) {
    leaves = Math.max(2, Integer.highestOneBit(2 * servers - 1));
    times = new long[leaves];
    winners = new int[leaves];
    Arrays.fill(times, Long.MAX_VALUE);
    for (int match = leaves - 1; match > 0; match--) {
      winners[match] = winner(match);
    }
  }

  void set(int server, long time) {
    if (times[server] != time) {
      times[server] = time;
      for (int match = (server + leaves) / 2; match > 0; match /= 2) {
        winners[match] = winner(match);
      }
    }
  }

  int server() {
    return winners[1];
  }

  long next() {
    return times[winners[1]];
  }

  private int winner(int match) {
    int left = contender(2 * match);
    int right = contender(2 * match + 1);
    return times[right] < times[left] ? right : left;
  }

  private int contender(int node) {
    return node < leaves ? winners[node] : node - leaves;
  }
}
