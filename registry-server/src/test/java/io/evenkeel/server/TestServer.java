package io.evenkeel.server;

import io.evenkeel.http.HttpRegistries;
import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A registry server on free ports of loopback, with a Vert.x and an in-memory registry. */
public final class TestServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Vertx vertx = Vertx.vertx();
  private final ServiceRegistry registry;
  private final RegistryServer server;

  private TestServer(ServiceRegistry registry, RegistryServerOptions options) {
    this.registry = registry;
    try {
      server = await(RegistryServer.start(vertx, registry, options));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Serves all protocols at once, without a warm-up. */
  static TestServer start() {
    return start(options -> options);
  }

  static TestServer start(UnaryOperator<RegistryServerOptions> change) {
    return over(InMemoryServiceRegistry.create(), change);
  }

  /** Serves this registry and closes it in the end. */
  static TestServer over(ServiceRegistry registry, UnaryOperator<RegistryServerOptions> change) {
    RegistryServerOptions options = RegistryServerOptions.none().withWarmUp(Duration.ZERO);
    for (Protocol protocol : Protocol.values()) {
      options = options.withListener(protocol, "127.0.0.1", 0);
    }
    return new TestServer(registry, change.apply(options));
  }

  /** What a future comes to; it must come within 30 s. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  ServiceRegistry registry() {
    return registry;
  }

  /** This server through our own client. The caller closes it. */
  ServiceRegistry registry(Protocol protocol) {
    int port = origin(protocol).getPort();
    String uri = protocol.label() + "://127.0.0.1:" + port + "?timeout=30s";
    return HttpRegistries.connect(vertx, uri);
  }

  Vertx vertx() {
    return vertx;
  }

  RegistryServer server() {
    return server;
  }

  /** A connection of its own, for what an HTTP client would not send. */
  Socket socket(Protocol protocol) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin(protocol).getPort());
    socket.setSoTimeout((int) DEADLINE.toMillis());
    return socket;
  }

  URI origin(Protocol protocol) {
    SocketAddress address = server.addresses().get(protocol);
    return URI.create("http://127.0.0.1:" + address.port());
  }

  /** A request with headers in pairs of name and value. */
  HttpResponse<String> ask(
      Protocol protocol, String method, String target, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin(protocol) + target))
            .timeout(DEADLINE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  HttpResponse<String> get(Protocol protocol, String target, String... headers) {
    return ask(protocol, "GET", target, "", headers);
  }

  HttpResponse<String> post(Protocol protocol, String target, String body, String... headers) {
    return ask(protocol, "POST", target, body, headers);
  }

  @Override
  public void close() {
    await(vertx.close());
    registry.close();
  }
}
