package io.evenkeel.http;

import io.evenkeel.http.consul.ConsulDialect;
import io.evenkeel.http.dialect.ConfigServiceDialect;
import io.evenkeel.http.dialect.HeartbeatDialect;
import io.evenkeel.http.dialect.OrchestratorDialect;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.HttpServiceRegistry;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Function;

/** Makes registries over HTTP on a Vert.x that the caller has. */
public final class HttpRegistries {
  static final Set<String> SCHEMES =
      Set.of("config-service", "heartbeat", "orchestrator", "consul");

  private HttpRegistries() {}

  /**
   * Makes a registry for a URI such as {@code consul://127.0.0.1:8500} on this Vert.x, which stays
   * the caller's. It does not wait for the server.
   *
   * @throws IllegalArgumentException naming the part of the URI that is not understood
   */
  public static ServiceRegistry connect(Vertx vertx, String uri) {
    return connect(vertx, RegistryUri.parse(uri), () -> {});
  }

  static ServiceRegistry connect(Vertx vertx, RegistryUri uri, Runnable release) {
    return switch (uri.scheme()) {
      case "config-service" ->
          connect(vertx, uri, release, ConfigServiceDialect.URI, ConfigServiceDialect::new);
      case "heartbeat" -> connect(vertx, uri, release, HeartbeatDialect.URI, HeartbeatDialect::on);
      case "orchestrator" ->
          connect(vertx, uri, release, OrchestratorDialect.URI, OrchestratorDialect::on);
      case "consul" -> connect(vertx, uri, release, ConsulDialect.URI, ConsulDialect::new);
      default ->
          throw new IllegalArgumentException(
              "registry URI: " + uri.scheme() + " (expected: one of " + SCHEMES + ")");
    };
  }

  private static ServiceRegistry connect(
      Vertx vertx, RegistryUri uri, Runnable release, UriForm form, Function<Link, Dialect> make) {
    Link link = Link.open(vertx, uri, form);
    Runnable closeAll =
        () -> {
          link.wire().close();
          release.run();
        };
    try {
      return new HttpServiceRegistry(
          uri.toString(), make.apply(link), link.time(), closeAll, link.wire()::lastExchange);
    } catch (IllegalArgumentException refused) { // a parameter that the dialect reads itself
      link.wire().close();
      throw refused;
    }
  }
}
