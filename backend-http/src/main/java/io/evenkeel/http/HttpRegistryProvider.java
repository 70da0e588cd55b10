package io.evenkeel.http;

import io.evenkeel.http.dropin.EnvironmentUris;
import io.evenkeel.registry.RegistryProvider;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers for {@code config-service:}, {@code heartbeat:}, {@code orchestrator:} and {@code
 * consul:}. Found by the service loader, which is why it has a public constructor; people call
 * {@link io.evenkeel.registry.Registries#connect}, or {@link HttpRegistries#connect} with a Vert.x
 * of their own. Each registry made here has its own Vert.x with one event loop on a daemon thread,
 * closed with the registry.
 */
public final class HttpRegistryProvider implements RegistryProvider {

  /** For the service loader. */
  public HttpRegistryProvider() {}

  @Override
  public Set<String> schemes() {
    return HttpRegistries.SCHEMES;
  }

  @Override
  public ServiceRegistry connect(RegistryUri uri) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2) // name lookups
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true));
    try {
      return HttpRegistries.connect(vertx, uri, vertx::close);
    } catch (IllegalArgumentException refused) {
      vertx.close();
      throw refused;
    }
  }

  /** As {@link EnvironmentUris#first} has it. */
  @Override
  public Optional<String> uriFrom(Map<String, String> environment) {
    return EnvironmentUris.first(environment);
  }
}
