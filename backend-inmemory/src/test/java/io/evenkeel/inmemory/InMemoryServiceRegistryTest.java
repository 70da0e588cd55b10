package io.evenkeel.inmemory;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;

class InMemoryServiceRegistryTest extends ServiceRegistryContract {
  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return InMemoryServiceRegistry.create(time);
  }
}
