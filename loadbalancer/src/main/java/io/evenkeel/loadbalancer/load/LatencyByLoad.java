package io.evenkeel.loadbalancer.load;

import java.util.Arrays;

/**
 * What requests took lately, by how many were in flight when they came. Source: the server's side
 * of Prequal (NSDI 2024, section 4): the median of recent latencies at about the present number.
 * One thread at a time.
 */
final class LatencyByLoad {
  private static final int EXACT = 32; // up to here each number is a class of its own
  private static final int CLASSES = 96; // above, eight to each doubling: up to 8,192 in flight
  private static final int KEPT = 9; // of each class: enough for a median, few enough to be recent
  private static final long MAX_AGE = 5_000_000_000L; // nanoseconds

  private final long[][] latencies = new long[CLASSES][];
  private final long[][] times = new long[CLASSES][];
  private final int[] counts = new int[CLASSES];

  void add(int inFlight, long latency, long now) {
    int c = classOf(inFlight);
    if (counts[c] == 0) {
      latencies[c] = new long[KEPT];
      times[c] = new long[KEPT];
    }
    int place = counts[c]++ % KEPT;
    latencies[c][place] = latency;
    times[c][place] = now;
    if (counts[c] == 2 * KEPT) {
      counts[c] = KEPT; // full is all that matters
    }
  }

  /** The median where there are recent ones next to that number; NaN if there are none at all. */
  double median(int inFlight, long now) {
    int c = classOf(inFlight);
    for (int distance = 0; distance < CLASSES; distance++) {
      double below = medianOf(c - distance, now);
      if (!Double.isNaN(below)) {
        return below;
      }
      double above = medianOf(c + distance, now);
      if (!Double.isNaN(above)) {
        return above;
      }
    }
    return Double.NaN;
  }

  private double medianOf(int c, long now) {
    if (c < 0 || c >= CLASSES || counts[c] == 0) {
      return Double.NaN;
    }
    long[] recent = new long[KEPT];
    int size = 0;
    for (int i = 0; i < Math.min(KEPT, counts[c]); i++) {
      if (now - times[c][i] <= MAX_AGE) {
        recent[size++] = latencies[c][i];
      }
    }
    if (size == 0) {
      return Double.NaN;
    }
    Arrays.sort(recent, 0, size);
    return recent[size / 2];
  }

  private static int classOf(int inFlight) {
    if (inFlight < EXACT) {
      return Math.max(0, inFlight);
    }
    int doubling = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(inFlight); // 5 at 32
    int eighth = (inFlight >>> (doubling - 3)) & 7;
    return Math.min(CLASSES - 1, EXACT + (doubling - 5) * 8 + eighth);
  }
}
