package io.evenkeel.samples;

import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.Protocol;
import io.evenkeel.server.RegistryServer;
import io.evenkeel.server.RegistryServerOptions;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One registry server, four dialects: four instances, each announced as the clients of another
 * system would announce it, and a caller that finds all of them through any. Ends by itself.
 */
final class FourDialects {
  private static final List<Protocol> DIALECTS =
      List.of(Protocol.CONSUL, Protocol.CONFIG_SERVICE, Protocol.HEARTBEAT, Protocol.ORCHESTRATOR);

  private FourDialects() {}

  /** Runs it; the arguments are not looked at. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    Vertx vertx = Vertx.vertx();
    RegistryServer server = serve(vertx);
    Map<Protocol, ServiceRegistry> registries = new EnumMap<>(Protocol.class);
    DIALECTS.forEach(dialect -> registries.put(dialect, connect(server, dialect)));
    List<Registrar> registrars = new ArrayList<>();
    registries.forEach((dialect, registry) -> registrars.add(announce(vertx, registry, dialect)));
    registrars.forEach(registrar -> registrar.registered().toCompletableFuture().join());
    registries.forEach(
        (dialect, registry) -> out.println(dialect.label() + " finds " + call(vertx, registry)));
    registrars.forEach(Registrar::close);
    registries.values().forEach(ServiceRegistry::close);
    server.close().await();
    vertx.close().await();
  }

  private static RegistryServer serve(Vertx vertx) {
    ServiceRegistry store = Registries.connect("inmemory:");
    RegistryServerOptions options = RegistryServerOptions.none().withWarmUp(Duration.ZERO);
    for (Protocol dialect : DIALECTS) {
      options = options.withListener(dialect, "127.0.0.1", 0);
    }
    return RegistryServer.start(vertx, store, options).await();
  }

  private static ServiceRegistry connect(RegistryServer server, Protocol dialect) {
    return Registries.connect(dialect.label() + "://127.0.0.1:" + server.port(dialect));
  }

  /** A service that tells by which dialect it was announced. */
  private static Registrar announce(Vertx vertx, ServiceRegistry registry, Protocol dialect) {
    int port =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end(dialect.label()))
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    return Registrar.announce(
        registry, ServiceInstance.builder("payments", "127.0.0.1", port).build());
  }

  /** Who answered sixteen calls. */
  private static Set<String> call(Vertx vertx, ServiceRegistry registry) {
    BalancedWebClient client =
        BalancedWebClient.builder(vertx, registry)
            .balancer(balancer -> balancer.strategy(RoundRobin.create()))
            .build();
    Set<String> answered = new TreeSet<>();
    for (int i = 0; i < 16; i++) {
      answered.add(client.get("payments", "/").send().await().bodyAsString());
    }
    client.close().await();
    return answered;
  }
}
