package io.evenkeel.server;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.admin.Metrics;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Routes;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every route of every protocol. */
final class RouteList {
  private RouteList() {}

  static Map<Protocol, List<Routes.Route>> all() {
    Vertx vertx = Vertx.vertx();
    try (ServiceRegistry registry = InMemoryServiceRegistry.create()) {
      Directory directory = new Directory(vertx, registry, TimeSource.system());
      Readiness readiness = new Readiness(TimeSource.system());
      CheckRunner checks = CheckRunner.start(vertx, directory, Set.of(), Randomness.perThread());
      Parts parts =
          new Parts(
              vertx, directory, readiness, checks, new Metrics(), RegistryServerOptions.none());
      Map<Protocol, List<Routes.Route>> routes = new EnumMap<>(Protocol.class);
      for (Protocol protocol : Protocol.values()) {
        routes.put(protocol, parts.dialect(protocol).routes().all());
      }
      return routes;
    } finally {
      TestServer.await(vertx.close());
    }
  }
}
