package io.evenkeel.loadbalancer.routing;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives each of several pickers its share of the picks, by chance; calls with the same key go to
 * the same one.
 */
final class TrafficSplit implements Picker {
  private static final int GOLDEN = 0x9E3779B9; // 2^32 / the golden ratio: spreads close hashes

  private final Picker[] pickers;
  private final double[] ends; // of each picker's part of 0..1, in order; the last is 1
  private final RandomGenerator random;

  private TrafficSplit(Picker[] pickers, double[] ends, RandomGenerator random) {
    this.pickers = pickers;
    this.ends = ends;
    this.random = random;
  }

  /** One or more pickers with their shares, which add up to about 1. */
  static Picker of(Picker[] pickers, double[] shares, RandomGenerator random) {
    if (pickers.length == 1) {
      return pickers[0];
    }
    double[] ends = new double[shares.length];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i];
      ends[i] = sum;
    }
    ends[ends.length - 1] = Double.POSITIVE_INFINITY; // whatever rounding left
    return new TrafficSplit(pickers, ends, random);
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    String key = context.key();
    double draw = key == null ? random.nextDouble() : place(key);
    int part = 0;
    while (draw >= ends[part]) {
      part++;
    }
    return pickers[part].pick(context);
  }

  private static double place(String key) {
    int hash = key.hashCode() * GOLDEN;
    return Integer.toUnsignedLong(hash ^ (hash >>> 15)) * 0x1p-32;
  }
}
