package io.evenkeel.inmemory;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;
import java.util.Map;

class StaticServiceRegistryContractTest extends ServiceRegistryContract {
  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return new StaticServiceRegistry("static:", Map.of());
  }
}
