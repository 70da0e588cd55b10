/** Registries over HTTP: config-service, heartbeat registry, orchestrator, Consul. */
module io.evenkeel.http {
  requires transitive io.evenkeel.api;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;

  exports io.evenkeel.http;
  exports io.evenkeel.http.dropin;

  provides io.evenkeel.registry.RegistryProvider with
      io.evenkeel.http.HttpRegistryProvider;
}
