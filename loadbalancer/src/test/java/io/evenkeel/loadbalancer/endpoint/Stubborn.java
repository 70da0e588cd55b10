package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;

/** Always the first one. */
final class Stubborn implements BalancingStrategy {
  @Override
  public String name() {
    return "stubborn";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, Picker previous) {
    return context -> endpoints.size() == 0 ? null : endpoints.get(0);
  }
}
