package io.evenkeel.benchmarks.laboratory.world;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A server whose cores are shared equally by the requests it works on, none of which can use more
 * than one core. It works on as many as it has threads; others wait in the order they came in. Each
 * request has the same rate, so one number tells how much work any of them has got since the
 * beginning, and a request leaves when that number reaches what it stood at when the request began
 * plus the request's work: an arrival or a departure costs O(log n). Source: H. Zhang, "Service
 * Disciplines for Guaranteed Performance Service", Proc. IEEE 83(10), 1995, on virtual time.
 */
public final class Server {

  /** What a server does with a request that arrives. */
  public enum Mode {
    /** Works on it. */
    SERVING,
    /** Answers with an error at once. */
    FAILING,
    /** Nothing listens: the connection is refused. */
    REFUSING,
    /** Takes it, and is never heard of again. */
    SILENT
  }

  private final int index;
  private final int threads;
  private final Requests requests;
  private final Departures departures;
  private final double[] stretches; // of all servers, for the oracle

  private Mode mode = Mode.SERVING;
  private double cores;
  private double speed;
  private int live; // requests it has
  private int running; // requests it works on
  private int expected; // requests on their way to it
  private double attained; // work each request has got that was here since the beginning
  private double rate; // work per nanosecond and request
  private long updated;

  private int size; // of the heap: those it works on, and those that were given up
  private double[] due = new double[16];
  private long[] heap = new long[16];
  private final DelayLine waiting = new DelayLine(0); // for a thread; some were given up

  Server(int index, int threads, Requests requests, Departures departures, double[] stretches) {
    this.index = index;
    this.threads = threads;
    this.requests = requests;
    this.departures = departures;
    this.stretches = stretches;
  }

  /** How many cores it has from now on, more than none, or none: then it stands still. */
  void setCores(double value, long now) {
    advance(now);
    cores = value;
    reschedule();
  }

  /** How fast each core is from now on; 1 is what scenarios state work for. */
  void setSpeed(double value, long now) {
    advance(now);
    speed = value;
    reschedule();
  }

  void setMode(Mode value) {
    mode = value;
    stretch();
  }

  Mode mode() {
    return mode;
  }

  /** A request is on its way: only the oracle can know. */
  void expect() {
    expected++;
    stretch();
  }

  /** A request has reached it. */
  void arrived() {
    expected--;
    stretch();
  }

  void admit(long request, double work, long now) {
    advance(now);
    live++;
    requests.work[Requests.row(request)] = work;
    requests.running[Requests.row(request)] = false;
    waiting.add(now, request);
    startThoseThatMay();
    reschedule();
  }

  private void startThoseThatMay() {
    while (running < threads && waiting.next() != Long.MAX_VALUE) {
      long request = waiting.poll();
      int row = Requests.row(request);
      if (requests.isOpen(request)) {
        running++;
        requests.running[row] = true;
        push(request, attained + requests.work[row]);
      }
    }
  }

  /** Takes out the request that is done first. */
  long release(long now) {
    advance(now);
    attained = Math.max(attained, due[0]); // what rounding to nanoseconds left
    long request = heap[0];
    pop();
    live--;
    running--;
    startThoseThatMay();
    reschedule();
    return request;
  }

  /** A request that is in it was given up and has been closed; nobody works on it any more. */
  void giveUp(long request, long now) {
    advance(now);
    live--;
    running -= requests.running[Requests.row(request)] ? 1 : 0;
    startThoseThatMay();
    reschedule();
  }

  /** Empties it. */
  void drop(LongConsumer each, long now) {
    advance(now);
    while (waiting.next() != Long.MAX_VALUE) {
      push(waiting.poll(), attained);
    }
    long[] dropped = Arrays.copyOf(heap, size);
    size = 0;
    live = 0;
    running = 0;
    reschedule();
    for (long request : dropped) {
      if (requests.isOpen(request)) {
        each.accept(request);
      }
    }
  }

  private void advance(long now) {
    attained += rate * (now - updated);
    updated = now;
  }

  private void reschedule() {
    while (size > 0 && !requests.isOpen(heap[0])) {
      pop();
    }
    rate = running == 0 ? 0 : speed * Math.min(1, cores / running);
    departures.set(
        index,
        rate == 0
            ? Long.MAX_VALUE
            : updated + (long) Math.ceil(Math.max(0, due[0] - attained) / rate));
    stretch();
  }

  /** How long work of one nanosecond would take, if it came now and nothing changed. */
  private void stretch() {
    stretches[index] =
        mode == Mode.SERVING
            ? 1 / (speed * Math.min(1, cores / (live + expected + 1)))
            : Double.POSITIVE_INFINITY;
  }

  private void push(long request, double time) {
    if (size == heap.length) {
      due = Arrays.copyOf(due, 2 * size);
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int hole = size++;
    for (int up = (hole - 1) / 2; hole > 0 && time < due[up]; up = (hole - 1) / 2) {
      due[hole] = due[up];
      heap[hole] = heap[up];
      hole = up;
    }
    due[hole] = time;
    heap[hole] = request;
  }

  private void pop() {
    double time = due[--size];
    long request = heap[size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      child += child + 1 < size && due[child + 1] < due[child] ? 1 : 0;
      if (time <= due[child]) {
        break;
      }
      due[hole] = due[child];
      heap[hole] = heap[child];
      hole = child;
    }
    due[hole] = time;
    heap[hole] = request;
  }
}
