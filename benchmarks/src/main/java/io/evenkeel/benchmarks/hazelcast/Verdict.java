package io.evenkeel.benchmarks.hazelcast;

/** The line an experiment ends with: its figures, and whether they are within the bound. */
final class Verdict {
  private Verdict() {}

  static void print(boolean holds, String figures, String bound) {
    System.out.printf("%s %s (expected: %s)%n", holds ? "PASS" : "FAIL", figures, bound);
  }
}
