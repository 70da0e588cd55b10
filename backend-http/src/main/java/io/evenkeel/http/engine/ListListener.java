package io.evenkeel.http.engine;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import java.util.List;

/**
 * Hears a service's list from a dialect that watches; called for one thing at a time. What makes a
 * snapshot of a list is done behind it, and it throws nothing.
 */
public interface ListListener {
  /** The complete list; no id twice. */
  void onList(List<ServiceInstance> instances, Freshness freshness);

  /** The server cannot be heard at the moment. */
  void onError(RegistryException error);
}
