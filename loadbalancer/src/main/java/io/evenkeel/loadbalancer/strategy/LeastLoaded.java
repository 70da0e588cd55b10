package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Scans for the least (attempts in flight + 1) × cost of one. Of those that tie, any with equal
 * chance: were it the first, an idle client would send everything there, and racing picks would all
 * take the same endpoint.
 */
final class LeastLoaded implements Picker {
  /** Draws before it walks; when half of all tie, this many fail once in 256 picks. */
  private static final int DRAWS = 8;

  /** Up to so many, a scan costs less than keeping a tree. */
  private static final int SCANNED = 64;

  private final Endpoint[] endpoints;
  private final long[] costs; // whole numbers: equal products are equal, and no division
  private final RandomGenerator random;

  /** A scan of few endpoints, a tree of many whose trackers are its leaves. */
  static Picker of(Endpoint[] endpoints, long[] costs, RandomGenerator random) {
    boolean tracked = true;
    for (Endpoint endpoint : endpoints) {
      tracked &= endpoint.tracker() instanceof LeastTree.Leaf;
    }
    if (tracked && endpoints.length > SCANNED && endpoints.length <= MinNode.MOST) {
      return LeastTree.over(endpoints, costs, random);
    }
    for (Endpoint endpoint : endpoints) {
      if (endpoint.tracker() instanceof LeastTree.Leaf leaf) {
        leaf.leave();
      }
    }
    return scanning(endpoints, costs, random);
  }

  /** A scan, whatever the number; if some are leaves of a tree, they stay. */
  static Picker scanning(Endpoint[] endpoints, long[] costs, RandomGenerator random) {
    return new LeastLoaded(endpoints, costs, random);
  }

  private LeastLoaded(Endpoint[] endpoints, long[] costs, RandomGenerator random) {
    this.endpoints = endpoints;
    this.costs = costs;
    this.random = random;
  }

  /** Arrays in locals: after each volatile read of a load the fields would be read again. */
  @Override
  public @Nullable Endpoint pick(PickContext context) {
    Endpoint[] list = endpoints;
    long[] costOf = costs;
    int first = 0;
    int ties = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < list.length; i++) {
      long load = (list[i].inFlight() + 1L) * costOf[i];
      if (load < least) {
        first = i;
        least = load;
        ties = 1;
      } else if (load == least) {
        ties++;
      }
    }
    return ties > 1 ? list[oneOf(ties, least, first)] : ties == 1 ? list[first] : null;
  }

  private long load(int index) {
    return (endpoints[index].inFlight() + 1L) * costs[index];
  }

  /**
   * Where ties are common, a draw or two finds one; a walk over the list would cost a scan more.
   */
  private int oneOf(int ties, long least, int first) {
    int size = endpoints.length;
    for (int draw = 0; draw < DRAWS && ties > size / 2; draw++) {
      int drawn = Draw.below(size, random.nextInt());
      if (load(drawn) <= least) {
        return drawn;
      }
    }
    return walkTo(Draw.below(ties, random.nextInt()), least, first);
  }

  /** The tied endpoint after {@code skip} others; the first if the ties have changed meanwhile. */
  private int walkTo(int skip, long least, int first) {
    int left = skip;
    for (int i = first; i < endpoints.length; i++) {
      if (load(i) <= least && left-- == 0) {
        return i;
      }
    }
    return first;
  }
}
