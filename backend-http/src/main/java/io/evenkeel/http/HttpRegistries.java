package io.evenkeel.http;

import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;

/** Makes registries over HTTP on a Vert.x that the caller has. */
public final class HttpRegistries {
  private HttpRegistries() {}

  /**
   * Makes a registry for a URI such as {@code consul://127.0.0.1:8500} on this Vert.x, which stays
   * the caller's. It does not wait for the server.
   *
   * @throws IllegalArgumentException naming the part of the URI that is not understood
   */
  public static ServiceRegistry connect(Vertx vertx, String uri) {
    RegistryUri parsed = RegistryUri.parse(uri);
    throw new IllegalArgumentException(
        "registry URI: " + parsed.scheme() + " (expected: a dialect over HTTP)");
  }
}
