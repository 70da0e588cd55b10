package io.evenkeel.loadbalancer.strategy;

import java.util.Arrays;

/**
 * A node of a {@link MinTree}, in one long: from the top 32 bits of key, 18 bits of how many have
 * it, and 14 bits of version. Without its version it is called content.
 */
final class MinNode {
  /** As many leaves as a count can hold. */
  static final int MOST = (1 << 18) - 1;

  /** The content of a node without leaves. */
  static final long NOTHING = (long) Integer.MAX_VALUE << 18;

  private static final int COUNT_BITS = 18;
  private static final int VERSION_BITS = 14;
  private static final long VERSIONS = (1L << VERSION_BITS) - 1;

  private MinNode() {}

  /** The content of a leaf. */
  static long leaf(int key) {
    return (long) key << COUNT_BITS | 1;
  }

  /** The content of a node over two. */
  static long least(long one, long other) {
    long difference = key(other) - key(one);
    return difference < 0 ? other : difference == 0 ? one + count(other) : one;
  }

  /** The same, as one: its leaves are not told apart. */
  static long single(long content) {
    return content == NOTHING ? NOTHING : leaf((int) key(content));
  }

  static long key(long content) {
    return content >>> COUNT_BITS;
  }

  static int count(long content) {
    return (int) content & MOST;
  }

  static long content(long node) {
    return node >>> VERSION_BITS;
  }

  /** A node with this content, told apart from the one it replaces even if that said the same. */
  static long replacing(long node, long content) {
    return content << VERSION_BITS | ((node + 1) & VERSIONS);
  }

  /**
   * Where each level of a tree begins, the leaves' first and the root's last. A level is made of
   * whole families of brothers, so that one of them is read without looking for its end.
   */
  static int[] levels(int leaves, int fanBits) {
    int[] begins = new int[Integer.SIZE];
    int level = 0;
    for (int size = leaves; size > 1; level++) {
      int parents = ((size - 1) >>> fanBits) + 1;
      begins[level + 1] = begins[level] + (parents << fanBits);
      size = parents;
    }
    return Arrays.copyOf(begins, level + 1);
  }
}
