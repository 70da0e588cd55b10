package io.evenkeel.loadbalancer.strategy;

import java.util.Arrays;

/** How many slots of a turn each weight gets. */
final class SlotCounts {
  private SlotCounts() {}

  /**
   * Whole-numbered weights divided by their greatest common divisor, if that makes no more than
   * {@code limit} slots; otherwise {@code limit} slots in the weights' proportion, and those
   * weights raised to one slot that would have got none.
   */
  static int[] of(double[] weights, int limit) {
    long divisor = commonDivisor(weights, limit);
    return divisor > 0 ? divided(weights, divisor) : rounded(weights, limit);
  }

  /** The weights' common divisor, or 0 if they are not whole or too many slots would remain. */
  private static long commonDivisor(double[] weights, int limit) {
    long divisor = 0;
    double sum = 0;
    for (double weight : weights) {
      if (weight != Math.rint(weight) || weight > 1L << 53) {
        return 0;
      }
      divisor = commonDivisor(divisor, (long) weight);
      sum += weight;
    }
    return divisor > 0 && sum / divisor <= limit ? divisor : 0;
  }

  private static long commonDivisor(long a, long b) {
    return b == 0 ? a : commonDivisor(b, a % b);
  }

  private static int[] divided(double[] weights, long divisor) {
    return Arrays.stream(weights).mapToInt(weight -> (int) (weight / divisor)).toArray();
  }

  /** Rounds down, then hands out what is left by largest remainder (A. Hamilton, 1792). */
  private static int[] rounded(double[] weights, int limit) {
    double max = Arrays.stream(weights).max().orElse(1); // divides first: the sum may overflow
    double perWeight = limit / Arrays.stream(weights).map(weight -> weight / max).sum();
    int[] counts = new int[weights.length];
    long[] remainders = new long[weights.length];
    int left = limit;
    for (int i = 0; i < weights.length; i++) {
      double ideal = weights[i] / max * perWeight;
      counts[i] = Math.max(1, (int) ideal);
      left -= counts[i];
      long remainder = (long) (Math.max(0, ideal - counts[i]) * Integer.MAX_VALUE);
      remainders[i] = (remainder << Integer.SIZE) | i;
    }
    Arrays.sort(remainders);
    for (int i = 0; i < left && i < remainders.length; i++) {
      counts[(int) remainders[remainders.length - 1 - i]]++;
    }
    return counts;
  }
}
