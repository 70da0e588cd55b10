package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import org.jspecify.annotations.Nullable;

/** stub. */
public final class PowerOfTwoChoices implements BalancingStrategy {
  private PowerOfTwoChoices() {}

  /** stub. */
  public static PowerOfTwoChoices create() {
    return new PowerOfTwoChoices();
  }

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return context -> endpoints.size() == 0 ? null : endpoints.get(0);
  }
}
