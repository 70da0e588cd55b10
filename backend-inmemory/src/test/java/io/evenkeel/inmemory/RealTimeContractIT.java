package io.evenkeel.inmemory;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;
import java.time.Duration;

/** The contract on the machine's clock, as backends with a network run it. */
class RealTimeContractIT extends ServiceRegistryContract {
  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return InMemoryServiceRegistry.create(
        InMemoryOptions.defaults().withSweepPeriod(Duration.ofMillis(20)));
  }

  @Override
  protected boolean runsOnManualTime() {
    return false;
  }

  @Override
  protected Duration ttl() {
    return Duration.ofSeconds(2);
  }
}
