package io.evenkeel.server.consul;

import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.DirectoryHarness;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Access;
import io.evenkeel.server.web.Bounds;
import io.evenkeel.server.web.Listener;
import io.evenkeel.time.Randomness;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The Consul dialect on a port of loopback, over a directory on manual time. */
final class TimedConsul implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DirectoryHarness harness = new DirectoryHarness();
  private final URI origin;

  private CheckRunner checks;

  TimedConsul() {
    this(new ConsulDialect.WatchLimits(200, 10_000));
  }

  TimedConsul(ConsulDialect.WatchLimits limits) {
    SocketAddress address = harness.ask(directory -> listen(directory, limits));
    origin = URI.create("http://127.0.0.1:" + address.port());
  }

  private Future<SocketAddress> listen(Directory directory, ConsulDialect.WatchLimits limits) {
    checks = CheckRunner.start(harness.vertx(), directory, Set.of(), Randomness.seeded(1));
    Readiness ready = new Readiness(harness.time());
    ready.loaded(true, Duration.ZERO);
    Listener listener =
        new Listener(
            harness.vertx(),
            new Listener.Setup(
                "consul",
                new HttpServerOptions(),
                new Access(Map.of()),
                (method, status, nanos) -> {},
                new Bounds(100, Duration.ofSeconds(8), Duration.ofSeconds(75))),
            ConsulDialect.of(directory, ready, "127.0.0.1", limits, Randomness.seeded(1)));
    return listener.listen(SocketAddress.inetSocketAddress(0, "127.0.0.1"));
  }

  /** Another life of the server, over the registry as the last one left it; it serves nobody. */
  void restart() {
    harness.now(
        directory -> {
          checks.close();
          return true;
        });
    harness.restart();
  }

  DirectoryHarness harness() {
    return harness;
  }

  URI origin() {
    return origin;
  }

  void elapse(Duration by) {
    harness.elapse(by);
  }

  /** How many blocking queries wait. */
  int waiting() {
    return harness.now(Directory::waiting);
  }

  /** Asks and does not wait. */
  CompletableFuture<HttpResponse<String>> begin(String method, String target, String body) {
    return client.sendAsync(request(method, target, body), BodyHandlers.ofString());
  }

  HttpResponse<String> put(String target, String body) {
    return send("PUT", target, body);
  }

  HttpResponse<String> get(String target) {
    return send("GET", target, "");
  }

  private HttpResponse<String> send(String method, String target, String body) {
    try {
      return client.send(request(method, target, body), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  private HttpRequest request(String method, String target, String body) {
    return HttpRequest.newBuilder(URI.create(origin + target))
        .timeout(Duration.ofSeconds(30))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  @Override
  public void close() {
    harness.close();
  }
}
