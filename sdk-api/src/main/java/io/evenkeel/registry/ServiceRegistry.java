package io.evenkeel.registry;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where instances are announced and found: the SPI every backend implements and {@code
 * ServiceRegistryContract} tests.
 *
 * <p>Safe from any thread. No method blocks; a stage completes within the backend's deadline (3 s
 * over HTTP, 1 s for a store, at once in memory), on any thread, so callers must not rely on it and
 * must not use the {@code …Async} methods without an executor. A stage fails with a {@link
 * RegistryException} and with nothing else; arguments out of bounds are thrown as {@link
 * IllegalArgumentException} from the call itself. After {@link #close()} every call fails with
 * {@link RegistryException.Closed}.
 */
public interface ServiceRegistry extends AutoCloseable {
  /** For {@link #deregister}: removes the registration whatever its incarnation is. */
  long ANY_INCARNATION = Long.MAX_VALUE;

  /** The address as people know it, without secrets; the source of this registry's snapshots. */
  String name();

  /** What this backend can do; what it cannot, the layer above makes up for. Never changes. */
  Set<Capability> capabilities();

  /**
   * Announces an instance, or replaces what was announced under its key with the same or a lower
   * incarnation. Idempotent. Completes with the lease that was granted, whose TTL may differ from
   * the one asked for.
   *
   * <p>Fails with {@link RegistryException.Superseded}, which names the incarnation in the way,
   * when a higher incarnation holds the key, or when this incarnation was deregistered.
   */
  CompletionStage<Lease> register(ServiceInstance instance, Lease lease);

  /**
   * Keeps a registration alive for another TTL. {@link Renewal#UNKNOWN} means that the registry no
   * longer has it: register again.
   *
   * <p>Fails with {@link RegistryException.Superseded} as {@link #register} does. Without {@link
   * Capability#RENEW} it fails with {@link RegistryException.Rejected}: keep alive by registering.
   */
  CompletionStage<Renewal> renew(InstanceKey key, Lease lease);

  /**
   * Removes a registration for good: no later call with the same or a lower incarnation brings it
   * back. Idempotent. Completes with whether it was there; a registration of a higher incarnation
   * stays and counts as not there.
   *
   * @param incarnation the registration's, or {@link #ANY_INCARNATION}
   */
  CompletionStage<Boolean> deregister(InstanceKey key, long incarnation);

  /** The instances of a service, of any status; an unknown service has none. */
  CompletionStage<ServiceSnapshot> instances(String service);

  /** The names of the services that have at least one instance. */
  CompletionStage<Set<String>> services();

  /**
   * Calls {@code listener} with the service's list now and after each change, until the watch or
   * the registry is closed. A listener is called by one thread at a time, in the order of
   * revisions; changes that come faster than it returns are coalesced into the latest list. A
   * listener that throws is logged and called again for the next change. The watch outlives
   * outages: it reports them through {@link WatchListener#onError} and goes on.
   *
   * <p>Without {@link Capability#WATCH} it fails with {@link UnsupportedOperationException}: poll
   * {@link #instances}.
   *
   * @throws RegistryException.Closed after {@link #close()}
   */
  Watch watch(String service, WatchListener listener);

  /**
   * Ends all watches and frees what this object holds. Idempotent. It does not deregister: leases
   * run out, and whoever announced an instance deregisters it. Returns without waiting for a
   * callback that is running.
   */
  @Override
  void close();
}
