package io.evenkeel.server;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.admin.Metrics;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Access;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Printable;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The server on its event loop: the directory, and a listener for each protocol. */
final class ServerVerticle extends VerticleBase {
  private static final System.Logger LOG = System.getLogger(RegistryServer.class.getName());
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final int MAX_LINE = 8 * 1024;

  private final ServiceRegistry registry;
  private final RegistryServerOptions options;
  private final Map<Protocol, SocketAddress> addresses = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set by start()
  private Directory directory;

  @SuppressWarnings("NullAway.Init") // set by start()
  private CheckRunner checks;

  private final Metrics metrics = new Metrics();

  ServerVerticle(ServiceRegistry registry, RegistryServerOptions options) {
    this.registry = registry;
    this.options = options;
  }

  Map<Protocol, SocketAddress> addresses() {
    Map<Protocol, SocketAddress> sorted = new EnumMap<>(Protocol.class);
    sorted.putAll(addresses);
    return Collections.unmodifiableMap(sorted);
  }

  @Override
  public Future<?> start() {
    directory = new Directory(vertx, registry, TimeSource.system());
    Readiness readiness = new Readiness(TimeSource.system());
    checks = CheckRunner.start(vertx, directory, options.checkHosts(), Randomness.perThread());
    Admission.guard(directory, options.quota());
    gauges(readiness);
    Access access = new Access(options.tokens());
    Parts parts = new Parts(vertx, directory, readiness, checks, metrics, options);
    Future<Void> bound = load(readiness); // before anyone can register: was it empty?
    for (Map.Entry<Protocol, SocketAddress> wanted : options.listeners().entrySet()) {
      Protocol protocol = wanted.getKey();
      Listener listener =
          new Listener(
              vertx,
              new Listener.Setup(
                  protocol.label(),
                  httpOptions(),
                  access,
                  metrics.requests(protocol.label()),
                  options.connections().bounds()),
              parts.dialect(protocol));
      listeners.add(listener);
      metrics.gauge("connections", "Open connections", protocol.label(), listener::connections);
      metrics.gauge(
          "connections.refused",
          "Connections closed at once, since their client had too many",
          protocol.label(),
          listener::refusedConnections);
      bound =
          bound
              .compose(before -> bind(listener, protocol, wanted.getValue()))
              .map(
                  address -> {
                    addresses.put(protocol, address);
                    return null;
                  });
    }
    return bound.onFailure(failed -> close());
  }

  private static Future<SocketAddress> bind(
      Listener listener, Protocol protocol, SocketAddress address) {
    return listener
        .listen(address)
        .recover(
            error ->
                Future.failedFuture(
                    new IllegalStateException(
                        protocol.label()
                            + " listener: "
                            + address
                            + " cannot be bound: "
                            + error.getMessage(),
                        error)));
  }

  private void gauges(Readiness readiness) {
    metrics.gauge("instances", "Instances known", directory::size);
    metrics.gauge("services", "Services known", () -> directory.services().size());
    metrics.gauge("waiting.queries", "Blocking queries that wait", directory::waiting);
    metrics.gauge("checks", "Health checks that are polled", checks::polled);
    metrics.gauge("checks.running", "Health checks under way", checks::underWay);
    metrics.gauge(
        "registry.reachable",
        "Whether the registry answers",
        () -> directory.isReachable() ? 1 : 0);
    metrics.gauge("ready", "Whether lists are answered", () -> readiness.left().isZero() ? 1 : 0);
  }

  /** A registry that is away is read when it is back; until then no list is believed. */
  private Future<Void> load(Readiness readiness) {
    return directory
        .load()
        .onSuccess(read -> readiness.loaded(directory.holdsOthers(), options.warmUp()))
        .recover(
            away -> {
              LOG.log(
                  Level.WARNING, () -> Printable.of(registry.name() + " cannot be read: " + away));
              vertx.setTimer(1_000, again -> load(readiness));
              return Future.succeededFuture();
            });
  }

  private HttpServerOptions httpOptions() {
    HttpServerOptions http =
        new HttpServerOptions()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_LINE)
            .setDecompressionSupported(false)
            .setHttp2ClearTextEnabled(false)
            .setAlpnVersions(List.of(HttpVersion.HTTP_1_1));
    RegistryServerOptions.Tls tls = options.tls();
    return tls == null
        ? http
        : http.setSsl(true)
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(tls.certificate().toString())
                    .setKeyPath(tls.key().toString()));
  }

  private Future<?> close() {
    checks.close();
    directory.close();
    metrics.close();
    List<Future<Void>> closing = listeners.stream().map(listener -> listener.close(DRAIN)).toList();
    return Future.join(closing);
  }

  @Override
  public Future<?> stop() {
    return close();
  }
}
