package io.evenkeel.samples.demo;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a strategy promises of the shares while all is well.
 *
 * @param words for people
 * @param check whether shares by instance id, made of so many attempts, keep it
 */
record Promise(String words, Check check) {
  private static final List<InstancePlan> FLEET = InstancePlan.FLEET;
  private static final double COUNTED_OUT = 0.01; // of all attempts: two threads count apart
  private static final double DEVIATIONS = 4; // chance exceeds them once in 16,000 shares

  /** Judges shares by instance id. */
  @FunctionalInterface
  interface Check {
    boolean isKept(Map<String, Double> shares, int attempts);
  }

  static Promise of(String strategy) {
    return switch (strategy) {
      case "round-robin" -> countedOut("equal shares", Promise::equalShare);
      case "random" -> onAverage("equal shares on average", Promise::equalShare);
      case "smooth-weighted-round-robin" -> countedOut("shares by weight", Promise::weightShare);
      case "weighted-random" -> onAverage("shares by weight on average", Promise::weightShare);
      case "weighted-least-connections" ->
          new Promise("of equally fast ones the heavier get more", Promise::heavierGetMore);
      default -> new Promise("slow ones (c, f) below an equal share", Promise::slowGetLess);
    };
  }

  private static Promise countedOut(String words, ToDoubleFunction<InstancePlan> expected) {
    return new Promise(words, (shares, attempts) -> isNear(shares, expected, share -> COUNTED_OUT));
  }

  private static Promise onAverage(String words, ToDoubleFunction<InstancePlan> expected) {
    return new Promise(
        words,
        (shares, attempts) ->
            isNear(
                shares, expected, share -> DEVIATIONS * Math.sqrt(share * (1 - share) / attempts)));
  }

  private static boolean isNear(
      Map<String, Double> shares,
      ToDoubleFunction<InstancePlan> expected,
      ToDoubleFunction<Double> tolerance) {
    return FLEET.stream()
        .allMatch(
            plan -> {
              double share = expected.applyAsDouble(plan);
              return Math.abs(shareOf(plan, shares) - share) <= tolerance.applyAsDouble(share);
            });
  }

  private static boolean slowGetLess(Map<String, Double> shares, int attempts) {
    return FLEET.stream()
        .allMatch(
            plan -> {
              double share = shareOf(plan, shares);
              return share > 0 && (!plan.isSlow() || share < equalShare(plan));
            });
  }

  private static boolean heavierGetMore(Map<String, Double> shares, int attempts) {
    return FLEET.stream()
        .allMatch(
            heavy ->
                FLEET.stream()
                    .filter(light -> light.weight() < heavy.weight())
                    .filter(light -> light.isSlow() == heavy.isSlow())
                    .allMatch(light -> shareOf(light, shares) < shareOf(heavy, shares)));
  }

  private static double equalShare(InstancePlan plan) {
    return 1.0 / FLEET.size();
  }

  private static double weightShare(InstancePlan plan) {
    return (double) plan.weight() / FLEET.stream().mapToInt(InstancePlan::weight).sum();
  }

  private static double shareOf(InstancePlan plan, Map<String, Double> shares) {
    return shares.getOrDefault(plan.id(), 0.0);
  }
}
