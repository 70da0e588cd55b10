package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The shared memory, as far as keys go. Never blocks; stages complete on the registry's scheduler,
 * and late or not at all while a member is frozen, so callers bring their own deadline.
 */
interface Store {

  /** What the cluster holds under a key. */
  CompletionStage<Optional<Registration>> get(InstanceKey key);

  /** What it holds under many; what it does not hold is not in the answer. One call at a time. */
  CompletionStage<Map<InstanceKey, Registration>> getAll(Set<InstanceKey> keys);

  /** Puts a registration under its key, and answers what it displaced. */
  CompletionStage<Optional<Registration>> swap(Registration registration);
}
