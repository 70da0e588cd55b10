package io.evenkeel.strategy;

import io.evenkeel.model.ServiceInstance;
import org.jspecify.annotations.Nullable;

/**
 * The live client-side node made from an instance: one object for as long as the instance is known,
 * whatever else changes in the list. Safe from any thread. Compared by identity.
 */
public interface Endpoint {

  /** The instance as last heard of. */
  ServiceInstance instance();

  /** Attempts of this balancer that have begun on this endpoint and not ended. */
  int inFlight();

  /** What the strategy keeps for this endpoint: what its {@code newTracker} returned. */
  @Nullable Tracker tracker();
}
