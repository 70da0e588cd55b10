package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.EndpointSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls with the same key to the same endpoint: the one whose hash with the key is highest.
 * Choose it for short lists: it spreads keys evenly and exactly by weight, and there is no table to
 * build; but a pick reads the whole list, so for long ones take {@link ConsistentHashing} or {@link
 * Maglev}.
 *
 * <p>Promise: when one of N endpoints leaves, its keys move, 1/N on average, and no others; when a
 * weight changes, keys move to or from that endpoint only. Load bound and spill as in {@link
 * ConsistentHashing}.
 *
 * <p>Source: D. Thaler, C. Ravishankar, IEEE/ACM ToN 6(1), 1998; weights by −w / ln h: J. Resch,
 * SNIA SDC 2015.
 */
public final class Rendezvous extends Keyed {
  static final String NAME = "rendezvous";

  private Rendezvous(RandomGenerator random, double loadBound) {
    super(random, loadBound);
  }

  /** Rendezvous hashing with a load bound of 1.25. */
  public static Rendezvous create(RandomGenerator random) {
    return create(random, LoadBound.FACTOR);
  }

  static Rendezvous create(StrategyContext with) {
    return create(with.random(), LoadBound.of(with));
  }

  /**
   * Rendezvous hashing with another load bound.
   *
   * @param random for calls without a key; must bear as many threads as pick
   * @param loadBound above 1; infinity for none
   */
  public static Rendezvous create(RandomGenerator random, double loadBound) {
    return new Rendezvous(random, loadBound);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  KeyedPicker.Owners owners(EndpointSet endpoints, KeyedPicker.@Nullable Owners before) {
    return new Highest(endpoints);
  }

  private static final class Highest implements KeyedPicker.Owners {
    private final long[] hashes;
    private final double[] weights;
    private final boolean alike;

    Highest(EndpointSet set) {
      hashes = new long[set.size()];
      weights = set.weights();
      boolean same = true;
      for (int i = 0; i < hashes.length; i++) {
        hashes[i] = Hashes.of(set.get(i).instance().id());
        same &= weights[i] == weights[0];
      }
      alike = same;
    }

    @Override
    public int owner(long hash) {
      int best = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < hashes.length; i++) {
        double uniform = ((Hashes.mixed(hash ^ hashes[i]) >>> 11) + 0.5) * 0x1p-53; // in (0, 1)
        double score = alike ? uniform : -weights[i] / Math.log(uniform);
        if (score > most) {
          most = score;
          best = i;
        }
      }
      return best;
    }
  }
}
