package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.strategy.BalancingStrategy;

/**
 * What decides who takes traffic.
 *
 * @param strategy chooses among those in rotation; one object serves one rotation
 * @param ejection when failing endpoints are left out
 * @param routing where traffic may go
 */
public record RotationOptions(
    BalancingStrategy strategy, EjectionOptions ejection, Routing routing) {

  /** The strategy, and all else by default. */
  public static RotationOptions of(BalancingStrategy strategy) {
    return new RotationOptions(strategy, EjectionOptions.defaults(), Routing.everywhere());
  }

  /** With other rules of ejection. */
  public RotationOptions withEjection(EjectionOptions rules) {
    return new RotationOptions(strategy, rules, routing);
  }

  /** With other ways. */
  public RotationOptions withRouting(Routing ways) {
    return new RotationOptions(strategy, ejection, ways);
  }
}
