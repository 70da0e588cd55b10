package io.evenkeel.benchmarks.laboratory;

import java.util.Arrays;
import java.util.Locale;

/**
 * A mean over seeds and how far the true one may be from it, with 95 % confidence.
 *
 * @param mean of the values
 * @param margin half the width of the interval, by Student's t; NaN for a single value
 */
public record Estimate(double mean, double margin) {

  /** The estimate that these values give. */
  public static Estimate of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    double error = Math.sqrt(squares / (n - 1) / n);
    return new Estimate(mean, n < 2 ? Double.NaN : student(n - 1) * error);
  }

  /**
   * The 97.5 % quantile of Student's distribution, by the Cornish-Fisher expansion of Abramowitz
   * and Stegun, 26.7.5; exact for one and two degrees of freedom, where that is poor.
   */
  static double student(int freedom) {
    double z = 1.959963985;
    double square = z * z;
    double first = z * (square + 1) / 4;
    double second = z * ((5 * square + 16) * square + 3) / 96;
    double third = z * (((3 * square + 19) * square + 17) * square - 15) / 384;
    double fourth =
        z * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160;
    double f = freedom;
    return switch (freedom) {
      case 1 -> 12.706;
      case 2 -> 4.303;
      default -> z + (first + (second + (third + fourth / f) / f) / f) / f;
    };
  }

  @Override
  public String toString() {
    return number(mean) + (Double.isNaN(margin) ? "" : " ±" + number(margin));
  }

  /** Three digits are what a few seeds carry. */
  static String number(double value) {
    int decimals =
        Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
