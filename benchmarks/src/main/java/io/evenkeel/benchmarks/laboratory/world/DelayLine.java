package io.evenkeel.benchmarks.laboratory.world;

/**
 * Requests that all wait equally long: on the wire, or for their deadline. First in, first out, so
 * no heap is needed.
 */
final class DelayLine {
  private final long delay; // nanoseconds
  private long[] times = new long[64];
  private long[] requests = new long[64];
  private int head;
  private int size;

  DelayLine(long delay) {
    this.delay = delay;
  }

  void add(long now, long request) {
    if (size == times.length) {
      times = unrolled(times);
      requests = unrolled(requests);
      head = 0;
    }
    int tail = (head + size++) & (times.length - 1);
    times[tail] = now + delay;
    requests[tail] = request;
  }

  /** When the first one is due; never, if there is none. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : times[head];
  }

  long poll() {
    long request = requests[head];
    head = (head + 1) & (times.length - 1);
    size--;
    return request;
  }

  private long[] unrolled(long[] ring) {
    long[] larger = new long[2 * ring.length];
    System.arraycopy(ring, head, larger, 0, ring.length - head);
    System.arraycopy(ring, 0, larger, ring.length - head, head);
    return larger;
  }
}
