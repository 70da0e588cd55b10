package io.evenkeel.benchmarks.laboratory.world;

import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * How much a request costs.
 *
 * @param mean core-nanoseconds on average
 * @param law draws the cost of one as a multiple of the mean; itself 1 on average
 */
public record Work(double mean, ToDoubleFunction<RandomGenerator> law) {
  private static final double MEAN = 40e6; // as in Prequal's test bed

  /**
   * A normal's mean when it is cut off at 0, as a multiple of its mean before: 1 + phi(1)/Phi(1).
   */
  private static final double CUT_MEAN = 1.2875999709;

  double draw(RandomGenerator random) {
    return mean * law.applyAsDouble(random);
  }

  /** As in Prequal's test bed: normal with a deviation equal to the mean, and never below 0. */
  public static Work truncatedNormal() {
    return new Work(MEAN, random -> cutNormal(random) / CUT_MEAN);
  }

  /** Exponential. */
  public static Work exponential() {
    return new Work(MEAN, Work::exponential);
  }

  /** Always the same. */
  public static Work constant() {
    return new Work(MEAN, random -> 1);
  }

  /** Heavy-tailed: the logarithm is normal with deviation {@code sigma}. */
  public static Work lognormal(double sigma) {
    return new Work(MEAN, random -> StrictMath.exp(sigma * normal(random) - sigma * sigma / 2));
  }

  /** A share of the requests costs {@code times} what the others cost; neither kind varies. */
  public static Work dearer(double share, double times) {
    double cheap = 1 / (1 - share + share * times);
    return new Work(MEAN, random -> random.nextDouble() < share ? cheap * times : cheap);
  }

  /**
   * Exponential with mean 1. StrictMath, since Math may differ in the last bit between machines.
   */
  static double exponential(RandomGenerator random) {
    return -StrictMath.log(1 - random.nextDouble());
  }

  private static double cutNormal(RandomGenerator random) {
    double draw = 1 + normal(random);
    while (draw < 0) {
      draw = 1 + normal(random);
    }
    return draw;
  }

  /** Marsaglia's polar method, the second of the pair left unused. */
  private static double normal(RandomGenerator random) {
    double x;
    double square;
    do {
      x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * Math.sqrt(-2 * StrictMath.log(square) / square);
  }
}
