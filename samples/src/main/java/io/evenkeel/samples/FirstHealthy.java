package io.evenkeel.samples;

// README: strategy
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import org.jspecify.annotations.Nullable;

/** Always the first one in rotation: the others stand by. */
public final class FirstHealthy implements BalancingStrategy {
  @Override
  public String name() {
    return "first-healthy";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return context -> endpoints.size() == 0 ? null : endpoints.get(0);
  }
}
// README: end
