package io.evenkeel.benchmarks.laboratory.world;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What servers run on.
 *
 * @param count how many servers
 * @param cores of each
 * @param threads of each: so many requests are worked on at once, others wait in their order
 * @param speed of a server's cores, by its index; 1 is what work is stated for
 */
public record Machines(int count, int cores, int threads, IntToDoubleFunction speed) {

  /** A thread for every request, cores of speed 1. */
  static Machines alike(int count, int cores) {
    return new Machines(count, cores, Integer.MAX_VALUE, server -> 1);
  }

  Machines with(int newCount) {
    return new Machines(newCount, cores, threads, speed);
  }

  /** Work per nanosecond that all can do together. */
  double capacity() {
    return cores * IntStream.range(0, count).mapToDouble(speed).sum();
  }
}
