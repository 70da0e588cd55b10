package io.evenkeel.server;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Access;
import io.evenkeel.server.web.Listener;
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
    checks = CheckRunner.start(vertx, directory, options.checkHosts(), Randomness.perThread());
    Readiness readiness = new Readiness(TimeSource.system());
    Access access = new Access(options.tokens());
    Parts parts = new Parts(vertx, directory, readiness, options);
    Future<Void> bound = Future.succeededFuture();
    for (Map.Entry<Protocol, SocketAddress> wanted : options.listeners().entrySet()) {
      Protocol protocol = wanted.getKey();
      Listener listener =
          new Listener(
              vertx,
              new Listener.Setup(
                  protocol.label(), httpOptions(), access, (method, status, nanos) -> {}),
              parts.dialect(protocol));
      listeners.add(listener);
      bound =
          bound
              .compose(before -> listener.listen(wanted.getValue()))
              .map(
                  address -> {
                    addresses.put(protocol, address);
                    return null;
                  });
    }
    return bound.compose(listening -> load(readiness)).onFailure(failed -> close());
  }

  /** A registry that is away is read when it is back; until then no list is believed. */
  private Future<Void> load(Readiness readiness) {
    return directory
        .load()
        .onSuccess(read -> readiness.loaded(directory.size() > 0, options.warmUp()))
        .recover(
            away -> {
              LOG.log(Level.WARNING, () -> registry.name() + " cannot be read: " + away);
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
    List<Future<Void>> closing = listeners.stream().map(listener -> listener.close(DRAIN)).toList();
    return Future.join(closing);
  }

  @Override
  public Future<?> stop() {
    return close();
  }
}
