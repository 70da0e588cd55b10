package io.evenkeel.strategy;

import io.evenkeel.model.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * Decides which endpoint takes an attempt: the cold half of a strategy. One object belongs to one
 * balancer, which calls {@link #newPicker} on one thread at a time.
 */
public interface BalancingStrategy {

  /** The name people choose it by, in lower case with hyphens: {@code round-robin}. */
  String name();

  /**
   * A picker for a new set of endpoints. Everything that can be computed ahead is computed here. A
   * balancer that splits its traffic has several at a time, with no endpoint in two of them.
   *
   * @param previous the picker this one replaces, null the first time; a strategy with a position
   *     in the list takes it over, so that an update does not begin at the first endpoint again
   */
  Picker newPicker(EndpointSet endpoints, @Nullable Picker previous);

  /**
   * A picker for some of the endpoints that pickers of {@link #newPicker} have, and keep: those
   * that suit one call. A strategy whose endpoints know their picker must not move them here.
   *
   * @param previous the one for the same calls that this one replaces, null the first time
   */
  default Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return newPicker(some, previous);
  }

  /**
   * What the strategy wants to remember of a new endpoint; null, the default, if nothing. Called
   * once for each endpoint, before the first picker that has it. Found again in {@link
   * Endpoint#tracker()}.
   */
  default @Nullable Tracker newTracker(ServiceInstance instance) {
    return null;
  }
}
