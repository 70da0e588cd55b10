package io.evenkeel.samples;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;

// README: backend
/** Everything a backend owes, tried on mine. */
class MyRegistryTest extends ServiceRegistryContract {
  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return InMemoryServiceRegistry.create(time); // yours here
  }
}
// README: end
