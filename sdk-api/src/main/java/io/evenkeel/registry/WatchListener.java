package io.evenkeel.registry;

import io.evenkeel.model.ServiceSnapshot;

/** Hears of a service's list; called by one thread at a time. It must not block. */
@FunctionalInterface
public interface WatchListener {

  /** The complete list; its revision is not below the one before unless the source started anew. */
  void onSnapshot(ServiceSnapshot snapshot);

  /** The registry cannot be heard at the moment; the last snapshot stays the best there is. */
  default void onError(RegistryException error) {}
}
