package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The shared memory, as far as single keys go. Never blocks; stages complete on the registry's
 * scheduler, and late or not at all while a member is frozen, so callers bring their own deadline.
 */
interface Store {

  /** What the cluster holds under a key. */
  CompletionStage<Optional<Registration>> get(InstanceKey key);

  /** Puts a registration under its key, and answers what it displaced. */
  CompletionStage<Optional<Registration>> swap(Registration registration);
}
