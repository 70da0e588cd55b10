package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out one turn in which every endpoint holds as many slots as its weight says, evenly spread.
 * Endpoints with the same number of slots form a class and take turns in the list's order; the s-th
 * slot of a class is due at (s + ½) / (slots of the class), and slots are filled by due time.
 *
 * <p>Two properties hang on the classes. Light endpoints are spread over the whole turn, however
 * many there are. And an endpoint that comes or goes moves the others of its class by one slot of
 * that class and the rest not at all, so that a rotation keeps its place over an update.
 */
final class WeightedTurn {
  private static final int MIN_LIMIT = 4_096;
  private static final int SLOTS_PER_ENDPOINT = 8;

  private WeightedTurn() {}

  static Endpoint[] of(EndpointSet endpoints) {
    int limit = Math.max(MIN_LIMIT, SLOTS_PER_ENDPOINT * endpoints.size());
    int[] counts = SlotCounts.of(endpoints.weights(), limit);
    int max = Arrays.stream(counts).max().orElse(0);
    return Arrays.stream(counts).allMatch(count -> count == max)
        ? endpoints.toArray()
        : interleaved(endpoints, counts, max);
  }

  private static Endpoint[] interleaved(EndpointSet endpoints, int[] counts, int max) {
    int[] from = new int[max + 2]; // by count: where its class begins in members
    for (int count : counts) {
      from[count + 1]++;
    }
    for (int count = 1; count < from.length; count++) {
      from[count] += from[count - 1];
    }
    Endpoint[] members = new Endpoint[counts.length];
    int[] next = from.clone();
    for (int i = 0; i < counts.length; i++) {
      members[next[counts[i]]++] = endpoints.get(i);
    }
    List<WeightClass> classes = new ArrayList<>();
    for (int count = 1; count <= max; count++) {
      if (from[count + 1] > from[count]) {
        classes.add(new WeightClass(members, from[count], from[count + 1], count));
      }
    }
    return byDueTime(classes, Arrays.stream(counts).sum());
  }

  private static Endpoint[] byDueTime(List<WeightClass> classes, int length) {
    WeightClass[] heap = classes.toArray(WeightClass[]::new);
    Arrays.sort(heap);
    Endpoint[] turn = new Endpoint[length];
    for (int slot = 0; slot < length; slot++) {
      turn[slot] = heap[0].take();
      settleFirst(heap);
    }
    return turn;
  }

  /** A binary heap whose first has changed: half the work of a queue's remove and add. */
  private static void settleFirst(WeightClass[] heap) {
    WeightClass first = heap[0];
    int at = 0;
    for (int child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (first.isBefore(heap[child])) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = first;
  }

  /** The endpoints with one number of slots, and which of them is due next, when. */
  private static final class WeightClass implements Comparable<WeightClass> {
    private final Endpoint[] members;
    private final int from;
    private final int to;
    private final double slots;
    private int next;
    private int taken;
    private double due;

    WeightClass(Endpoint[] members, int from, int to, int count) {
      this.members = members;
      this.from = from;
      this.to = to;
      this.slots = (double) (to - from) * count;
      this.next = from;
      this.due = 0.5 / slots;
    }

    Endpoint take() {
      Endpoint taking = members[next];
      next = next + 1 == to ? from : next + 1;
      due = (++taken + 0.5) / slots;
      return taking;
    }

    /** Ties go one way always, or an endpoint's run could grow by one. */
    boolean isBefore(WeightClass other) {
      return due < other.due || (due == other.due && from < other.from);
    }

    @Override
    public int compareTo(WeightClass other) {
      return this == other ? 0 : isBefore(other) ? -1 : 1;
    }
  }
}
