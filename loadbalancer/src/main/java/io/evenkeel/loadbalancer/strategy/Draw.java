package io.evenkeel.loadbalancer.strategy;

/** Makes indexes of random bits. */
final class Draw {
  private Draw() {}

  /** Uniform in 0..bound − 1 if {@code bits} are; a multiplication where a modulo would divide. */
  static int below(int bound, int bits) {
    return (int) ((Integer.toUnsignedLong(bits) * bound) >>> Integer.SIZE);
  }

  /** Two different indexes below the bound, every pair equally likely, in one long. */
  static long two(int bound, long bits) {
    int first = below(bound, (int) (bits >>> Integer.SIZE));
    int other = below(bound - 1, (int) bits);
    return (long) first << Integer.SIZE | (other + notBelow(first, other));
  }

  static int first(long two) {
    return (int) (two >>> Integer.SIZE);
  }

  static int second(long two) {
    return (int) two;
  }

  /** 1 if {@code index} is not below {@code bound}, else 0; a branch would be a coin toss. */
  private static int notBelow(int bound, int index) {
    return (bound - 1 - index) >>> (Integer.SIZE - 1);
  }
}
