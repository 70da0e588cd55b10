package io.evenkeel.samples;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.RegistryServer;
import io.evenkeel.server.RegistryServerOptions;
import io.vertx.core.Vertx;

/** A registry server inside a program of one's own. */
public final class ServeRegistry {
  private ServeRegistry() {}

  /** Serves a registry on the default ports of 127.0.0.1 until the process is ended. */
  public static void main(String[] args) {
    // README: server
    Vertx vertx = Vertx.vertx();
    ServiceRegistry store = Registries.connect("inmemory:");
    RegistryServer.start(vertx, store, RegistryServerOptions.defaults())
        .onSuccess(server -> System.out.println("serving " + server.addresses()))
        .onFailure(Throwable::printStackTrace);
    // README: end
  }
}
