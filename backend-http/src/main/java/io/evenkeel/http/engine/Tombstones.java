package io.evenkeel.http.engine;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The highest incarnation of each instance that was deregistered through this object, until the
 * process ends: a server without tombstones must not get it back from a late call. Safe from any
 * thread.
 */
final class Tombstones {
  private final ConcurrentHashMap<InstanceKey, Long> buried = new ConcurrentHashMap<>();

  /** {@link ServiceRegistry#ANY_INCARNATION} buries none: the next life is welcome. */
  void bury(InstanceKey key, long incarnation) {
    if (incarnation != ServiceRegistry.ANY_INCARNATION) {
      buried.merge(key, incarnation, Math::max);
    }
  }

  /** Refuses what was buried. */
  void check(InstanceKey key, long incarnation) {
    Long last = buried.get(key);
    if (last != null && incarnation <= last) {
      throw new RegistryException.Superseded(
          key + ": incarnation " + incarnation + " (expected: > " + last + ", deregistered)", last);
    }
  }
}
