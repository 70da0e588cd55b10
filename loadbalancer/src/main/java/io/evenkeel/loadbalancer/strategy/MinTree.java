package io.evenkeel.loadbalancer.strategy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntUnaryOperator;

/**
 * Knows the least of many keys, and who has it, without a scan: a tree of minima with four children
 * to a node. A node is one long: the least key below it, and how many families of leaves have it. A
 * leaf whose key changes renews its ancestors by compare-and-set, each at most twice: if both fail,
 * another thread has read what this one wrote. It stops where nothing changes, as a rule at its own
 * family.
 *
 * <p>Source: P. Jayanti, "f-arrays: implementation and applications", PODC 2002; a version in each
 * node stands for its load-linked.
 */
final class MinTree {
  private static final VarHandle NODE = MethodHandles.arrayElementVarHandle(long[].class);
  static final int FAN_BITS = 2;
  static final int FAN = 1 << FAN_BITS;

  private final int leaves;
  private final IntUnaryOperator keys;
  private final int[] levels; // where each begins, the leaves' first; the last one is the root
  private final long[] nodes;

  /** A tree of 1..{@link MinNode#MOST} leaves; a key is read whenever it may have changed. */
  MinTree(int leaves, IntUnaryOperator keys) {
    this.leaves = leaves;
    this.keys = keys;
    this.levels = MinNode.levels(leaves, FAN_BITS);
    this.nodes = new long[levels[levels.length - 1] + FAN];
    for (int level = 0; level < levels.length; level++) {
      int end = level + 1 < levels.length ? levels[level + 1] : nodes.length;
      for (int at = levels[level]; at < end; at++) {
        nodes[at] = MinNode.replacing(0, content(level, at - levels[level]));
      }
    }
  }

  /** The key of a leaf may have changed. Any thread. */
  void renew(int leaf) {
    int index = leaf;
    int height = leaf < leaves ? levels.length : 0;
    for (int level = 0; level < height && renew(level, index); level++) {
      index >>>= FAN_BITS;
    }
  }

  /** Whether a leaf's key is what the tree says. */
  boolean isCurrent(int leaf) {
    return contentAt(leaf) == content(0, leaf);
  }

  /** Whether the node above must hear of it. */
  private boolean renew(int level, int index) {
    int at = levels[level] + index;
    for (int attempt = 0; attempt < 2; attempt++) {
      long before = (long) NODE.getVolatile(nodes, at);
      long content = content(level, index);
      if (NODE.compareAndSet(nodes, at, before, MinNode.replacing(before, content))) {
        return content != MinNode.content(before);
      }
    }
    return true;
  }

  /** What a node has to say: key and count. */
  private long content(int level, int index) {
    if (level == 0) {
      return index < leaves ? MinNode.leaf(keys.applyAsInt(index)) : MinNode.NOTHING;
    }
    int first = levels[level - 1] + (index << FAN_BITS);
    long least = MinNode.NOTHING;
    for (int child = first; child < first + FAN && child < levels[level]; child++) {
      least = MinNode.least(least, contentAt(child));
    }
    return level == 1 ? MinNode.single(least) : least;
  }

  /** What a node of a level says; the leaves are level 0. */
  long contentAt(int level, int index) {
    return contentAt(levels[level] + index);
  }

  private long contentAt(int at) {
    return MinNode.content((long) NODE.getVolatile(nodes, at));
  }

  int leaves() {
    return leaves;
  }

  /** How many levels there are below the root. */
  int height() {
    return levels.length - 1;
  }

  long root() {
    return contentAt(levels[levels.length - 1]);
  }
}
