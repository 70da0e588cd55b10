package io.evenkeel.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates. */
public final class Allocation {
  private static final int WARM_UP = 20_000; // past the thresholds of both compilers
  private static final int RUNS = 1_000;
  private static final int ROUNDS = 20;

  private Allocation() {}

  /**
   * The bytes of 1,000 runs once warm, the least of 20 rounds: the JVM may allocate on this thread
   * too, when it compiles or loads a class, but not in every round.
   */
  public static long least(Runnable work) {
    repeat(WARM_UP, work);
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      least = Math.min(least, bytes(work));
    }
    return least;
  }

  private static long bytes(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    repeat(RUNS, work);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
