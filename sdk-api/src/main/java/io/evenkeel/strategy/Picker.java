package io.evenkeel.strategy;

import org.jspecify.annotations.Nullable;

/**
 * Chooses an endpoint for one attempt out of a fixed set: the hot object. Called by any thread, any
 * number of times at once; takes no lock, allocates nothing and does no I/O.
 */
@FunctionalInterface
public interface Picker {

  /** The endpoint to use, or null when the set is empty. */
  @Nullable Endpoint pick(PickContext context);
}
