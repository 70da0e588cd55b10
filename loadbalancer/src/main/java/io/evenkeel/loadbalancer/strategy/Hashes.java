package io.evenkeel.loadbalancer.strategy;

/** 64-bit hashes whose every bit depends on every bit of the input; the same in every process. */
final class Hashes {
  private static final long STEP = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio
  private static final long PRIME = 0x100000001B3L;
  private static final long BASIS = 0xCBF29CE484222325L;

  private Hashes() {}

  /** FNV-1a over the text's characters, then mixed. */
  static long of(String text) {
    long hash = BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mixed(hash);
  }

  /** One of many hashes that belong to one. */
  static long nth(long hash, int n) {
    return mixed(hash + n * STEP);
  }

  /** The finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014). */
  static long mixed(long bits) {
    long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }

  /** Uniform in 0..bound − 1 if the hash is. */
  static int below(int bound, long hash) {
    return (int) Math.multiplyHigh(hash >>> 1, (long) bound << 1);
  }
}
