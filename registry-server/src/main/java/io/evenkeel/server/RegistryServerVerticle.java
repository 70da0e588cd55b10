package io.evenkeel.server;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RegistryServer} by configuration alone, for {@code vertx.deployVerticle}. Unlike the
 * server it has its registry for itself: connects to it when it is deployed and closes it when it
 * is undeployed.
 *
 * <pre>{@code
 * {
 *   "registry": "inmemory:",
 *   "listeners": {"consul": "127.0.0.1:8500", "admin": "127.0.0.1:8090"},
 *   "tokens": {"s3cret": "orders-team"},
 *   "tls": {"certificate": "server.pem", "key": "server.key"},
 *   "allowInsecure": false,
 *   "warmUp": "PT12S",
 *   "checkHosts": ["health.internal"],
 *   "quota": {"instances": 1000},
 *   "connections": {"perClient": 4000, "request": "PT8S", "idle": "PT75S"}
 * }
 * }</pre>
 *
 * <p>Everything may be left out; the defaults are those of {@link RegistryServerOptions} and the
 * registry {@code inmemory:}. What is not understood fails the deployment with an {@link
 * IllegalArgumentException} that names the option.
 */
public final class RegistryServerVerticle extends VerticleBase {
  private @Nullable ServiceRegistry registry;

  /** Reads its configuration when it is deployed. */
  public RegistryServerVerticle() {}

  @Override
  public Future<?> start() {
    VerticleConfig config = VerticleConfig.read(config());
    return vertx
        .executeBlocking(() -> Registries.connect(config.registry()))
        .compose(
            connected -> {
              registry = connected;
              return RegistryServer.start(vertx, connected, config.options())
                  .onFailure(failed -> connected.close());
            });
  }

  @Override
  public Future<?> stop() {
    ServiceRegistry connected = registry;
    return connected == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              connected.close();
              return null;
            });
  }
}
