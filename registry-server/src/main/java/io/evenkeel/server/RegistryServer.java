package io.evenkeel.server;

import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.Map;

/**
 * Serves a registry over HTTP in the dialects of four existing systems, so that their clients work
 * against it unchanged. What is registered in one dialect is visible in every other.
 *
 * <p>All requests are handled on one event loop; nothing blocks it. The registry and the Vert.x
 * stay the caller's.
 */
public final class RegistryServer {
  private final Vertx vertx;
  private final ServerVerticle verticle;
  private final String deployment;

  private RegistryServer(Vertx vertx, ServerVerticle verticle, String deployment) {
    this.vertx = vertx;
    this.verticle = verticle;
    this.deployment = deployment;
  }

  /**
   * Starts the server; completes when every listener is bound, and fails, with nothing left open,
   * when one cannot be.
   *
   * @throws IllegalArgumentException when an address other than loopback would be served without
   *     tokens
   */
  public static Future<RegistryServer> start(
      Vertx vertx, ServiceRegistry registry, RegistryServerOptions options) {
    options.requireSafe();
    ServerVerticle verticle = new ServerVerticle(registry, options);
    return vertx
        .deployVerticle(verticle)
        .map(deployment -> new RegistryServer(vertx, verticle, deployment));
  }

  /** Where each protocol is served, with the ports that were taken. */
  public Map<Protocol, SocketAddress> addresses() {
    return verticle.addresses();
  }

  /**
   * The port at which a protocol is served.
   *
   * @throws IllegalArgumentException when it is not served
   */
  public int port(Protocol protocol) {
    SocketAddress address = addresses().get(protocol);
    if (address == null) {
      throw new IllegalArgumentException(
          "protocol: " + protocol.label() + " (expected: one of " + addresses().keySet() + ")");
    }
    return address.port();
  }

  /**
   * Stops: answers waiting blocking queries, accepts nothing new, lets requests that are under way
   * end, closes. Idempotent. Registrations stay in the registry.
   */
  public Future<Void> close() {
    return vertx.deploymentIDs().contains(deployment)
        ? vertx.undeploy(deployment)
        : Future.succeededFuture();
  }
}
