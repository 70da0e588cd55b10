package io.evenkeel.loadbalancer.strategy;

/** stub. */
public final class PowerOfTwoChoices {
  private PowerOfTwoChoices() {}

  /** stub. */
  public static io.evenkeel.strategy.BalancingStrategy create() {
    throw new IllegalStateException();
  }
}
