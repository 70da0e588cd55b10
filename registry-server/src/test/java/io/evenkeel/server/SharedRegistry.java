package io.evenkeel.server;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A way to a registry that others use too; closing it leaves the registry to them. */
public class SharedRegistry implements ServiceRegistry {
  private final ServiceRegistry registry;

  /** One way to it, of as many as there are users. */
  public SharedRegistry(ServiceRegistry registry) {
    this.registry = registry;
  }

  @Override
  public final String name() {
    return "shared:" + registry.name();
  }

  @Override
  public final Set<Capability> capabilities() {
    return registry.capabilities();
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return registry.register(instance, lease);
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return registry.renew(key, lease);
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    return registry.deregister(key, incarnation);
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    return registry.instances(service);
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return registry.services();
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    return registry.watch(service, listener);
  }

  @Override
  public void close() {}
}
