package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.lang.ref.WeakReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Knows the least (attempts in flight + 1) × cost of one without a scan, whatever the number of
 * endpoints; of those that tie, any with equal chance. The endpoints' trackers tell it of every
 * change.
 */
final class LeastTree implements Picker {
  private final Endpoint[] endpoints;
  private final Ties ties;
  private final RandomGenerator random;

  private LeastTree(Endpoint[] endpoints, MinTree tree, RandomGenerator random) {
    this.endpoints = endpoints;
    this.ties = new Ties(tree);
    this.random = random;
  }

  /** A picker of endpoints that have a {@link Leaf} each. */
  static LeastTree over(Endpoint[] some, long[] theirCosts, RandomGenerator random) {
    int[] order = CostOrder.of(theirCosts);
    Endpoint[] endpoints = new Endpoint[order.length];
    long[] costs = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      endpoints[i] = some[order[i]];
      costs[i] = theirCosts[order[i]];
    }
    MinTree tree = new MinTree(order.length, i -> key((endpoints[i].inFlight() + 1L) * costs[i]));
    WeakReference<MinTree> known = new WeakReference<>(tree);
    for (int i = 0; i < endpoints.length; i++) {
      if (endpoints[i].tracker() instanceof Leaf leaf) {
        leaf.moveTo(known, i);
      }
    }
    for (int i = 0; i < endpoints.length; i++) {
      if (!tree.isCurrent(i)) { // one began or ended before its leaf had moved
        tree.renew(i);
      }
    }
    return new LeastTree(endpoints, tree, random);
  }

  /** Positive floats are in the order of their bits, and tell loads apart to 24 digits. */
  private static int key(long load) {
    return Float.floatToIntBits((float) load);
  }

  @Override
  public Endpoint pick(PickContext context) {
    return endpoints[ties.draw(random)];
  }

  /** An endpoint's place in the tree that is used now. */
  static final class Leaf implements Tracker {
    private int index; // written before the tree, read after it
    private volatile @Nullable WeakReference<MinTree> tree; // null while there is none; the picker

    // keeps it: an endpoint out of rotation must not keep a tree of others, nor they theirs

    private void moveTo(WeakReference<MinTree> newTree, int newIndex) {
      index = newIndex;
      tree = newTree;
    }

    /** The endpoint is scanned from now on. */
    void leave() {
      tree = null;
    }

    @Override
    public long begin() {
      renew();
      return 0;
    }

    @Override
    public void end(long token, Outcome outcome) {
      renew();
    }

    private void renew() {
      WeakReference<MinTree> known = tree;
      MinTree current = known == null ? null : known.get();
      if (current != null) {
        current.renew(index);
      }
    }
  }
}
