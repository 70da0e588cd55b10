package io.evenkeel.samples;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;

/** Announces an instance for as long as the program runs. */
public final class Announce {
  private Announce() {}

  /** Announces one instance, shows what the registry knows of it, and withdraws it. */
  public static void main(String[] args) {
    try (ServiceRegistry registry = Registries.connect("inmemory:")) {
      // README: announce
      ServiceInstance instance =
          ServiceInstance.builder("orders", "10.0.0.7", 8080)
              .weight(2)
              .zone("eu-west-1a")
              .healthCheck(HealthCheck.http("/health"))
              .build();
      try (Registrar registrar = Registrar.announce(registry, instance)) {
        System.out.println(registrar.instance().id() + " is " + registrar.state());
      } // closing withdraws it
      // README: end
    }
  }
}
