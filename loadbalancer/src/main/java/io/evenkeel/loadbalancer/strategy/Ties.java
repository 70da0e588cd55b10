package io.evenkeel.loadbalancer.strategy;

import java.util.random.RandomGenerator;

/**
 * Draws one of the leaves of a {@link MinTree} that have the least key, by rejection: any leaf at
 * first, then any leaf of any family that has the least key. Since families, not leaves, are
 * counted, each tied leaf is as likely as any other, and at least one draw in four is accepted.
 */
final class Ties {
  private static final int DRAWS = 32; // all refused: once in ten thousand times, at the worst

  private final MinTree tree;

  Ties(MinTree tree) {
    this.tree = tree;
  }

  /** One of those with the least key; another small one if keys change meanwhile. */
  int draw(RandomGenerator random) {
    int leaf = Draw.below(tree.leaves(), random.nextInt());
    for (int draw = 0; draw < DRAWS && !isLeast(leaf); draw++) {
      int bits = random.nextInt();
      int family = family(Draw.below(MinNode.count(tree.root()), bits)); // by the high bits
      leaf = family + (bits & (MinTree.FAN - 1)); // a last family's missing leaves are refused
    }
    return isLeast(leaf) ? leaf : leastOf(leaf & -MinTree.FAN);
  }

  private boolean isLeast(int leaf) {
    return MinNode.key(tree.contentAt(0, leaf)) <= MinNode.key(tree.root());
  }

  /** The first leaf of the place-th family with the least key. */
  private int family(int place) {
    long key = MinNode.key(tree.root());
    int left = place;
    int index = 0;
    for (int level = tree.height() - 1; level > 0; level--) {
      index <<= MinTree.FAN_BITS;
      int last = index + MinTree.FAN - 1;
      int count = count(level, index, key);
      while (left >= count && index < last) {
        left -= count;
        count = count(level, ++index, key);
      }
    }
    return index << MinTree.FAN_BITS;
  }

  private int count(int level, int index, long key) {
    long content = tree.contentAt(level, index);
    return MinNode.key(content) <= key ? MinNode.count(content) : 0;
  }

  private int leastOf(int family) {
    int least = family;
    for (int leaf = family + 1; leaf < Math.min(family + MinTree.FAN, tree.leaves()); leaf++) {
      long key = MinNode.key(tree.contentAt(0, leaf));
      least = key < MinNode.key(tree.contentAt(0, least)) ? leaf : least;
    }
    return least;
  }
}
