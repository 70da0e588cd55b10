package io.evenkeel.http.engine;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/**
 * How one system's registry is spoken to: what each operation of {@link ServiceRegistry} is in its
 * requests, and what its answers mean. Called by {@link HttpServiceRegistry} with arguments that
 * have been checked, from any thread; its futures fail with a {@code RegistryException}.
 */
public interface Dialect {
  /** What the system can do. */
  Set<Capability> capabilities();

  /** As {@link ServiceRegistry#register}. */
  Future<Lease> register(ServiceInstance instance, Lease lease);

  /** As {@link ServiceRegistry#renew}; called only with {@link Capability#RENEW}. */
  Future<Renewal> renew(InstanceKey key, Lease lease);

  /** As {@link ServiceRegistry#deregister}. */
  Future<Boolean> deregister(InstanceKey key, long incarnation);

  /** The instances of a service, in the server's order, no id twice. */
  Future<List<ServiceInstance>> instances(String service);

  /** As {@link ServiceRegistry#services}. */
  Future<Set<String>> services();

  /** As {@link ServiceRegistry#watch}; called only with {@link Capability#WATCH}. */
  default Watch watch(String service, ListListener listener) {
    throw new UnsupportedOperationException("this dialect is polled");
  }

  /** Ends what the dialect has under way; the connections are not its own. */
  default void close() {}
}
