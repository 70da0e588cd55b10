package io.evenkeel.loadbalancer.strategy;

/** Makes an index of 32 random bits. */
final class Draw {
  private Draw() {}

  /** Uniform in 0..bound − 1 if {@code bits} are; a multiplication where a modulo would divide. */
  static int below(int bound, int bits) {
    return (int) ((Integer.toUnsignedLong(bits) * bound) >>> Integer.SIZE);
  }
}
