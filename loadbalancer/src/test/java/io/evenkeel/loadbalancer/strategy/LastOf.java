package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import org.jspecify.annotations.Nullable;

/** A strategy that does not come with Evenkeel, as configuration finds it. */
public final class LastOf implements StrategyProvider {
  /** For the service loader. */
  public LastOf() {}

  @Override
  public String name() {
    return "last-of";
  }

  @Override
  public BalancingStrategy create(StrategyContext context) {
    return new Last(context.text("label", "usual") + context.wholeNumber("skip", 0));
  }

  private record Last(String name) implements BalancingStrategy {
    @Override
    public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
      return context -> endpoints.size() == 0 ? null : endpoints.get(endpoints.size() - 1);
    }
  }
}
