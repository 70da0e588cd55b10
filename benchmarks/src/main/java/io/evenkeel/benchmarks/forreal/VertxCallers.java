package io.evenkeel.benchmarks.forreal;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.Address;
import io.vertx.core.net.AddressResolver;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.LoadBalancer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Vert.x' own endpoint load balancers, each client with its own, on the list of the same registry
 * and with pools like Evenkeel's.
 */
final class VertxCallers implements Callers {
  private static final String PREFIX = "vertx:";
  private static final Map<String, LoadBalancer> BY_NAME =
      Map.of(
          PREFIX + "round-robin", LoadBalancer.ROUND_ROBIN,
          PREFIX + "least-requests", LoadBalancer.LEAST_REQUESTS,
          PREFIX + "power-of-two-choices", LoadBalancer.POWER_OF_TWO_CHOICES);

  private final List<HttpClient> clients;
  private final Duration deadline;
  private final Watch watch;
  private final Promise<Void> known = Promise.promise();
  private volatile List<SocketAddress> listed = List.of();

  private VertxCallers(
      Vertx vertx, ServiceRegistry registry, LoadBalancer balancer, int count, Duration deadline) {
    this.deadline = deadline;
    this.clients = IntStream.range(0, count).mapToObj(client -> client(vertx, balancer)).toList();
    this.watch = registry.watch(RealFleet.SERVICE, this::keep);
  }

  /** Completes when the list is known. */
  static Future<Callers> start(
      Vertx vertx, ServiceRegistry registry, String name, int count, Duration deadline) {
    LoadBalancer balancer = Objects.requireNonNull(BY_NAME.get(name));
    VertxCallers callers = new VertxCallers(vertx, registry, balancer, count, deadline);
    return callers.known.future().map(list -> callers);
  }

  /** Whether that is the name of one of these. */
  static boolean knows(String name) {
    return BY_NAME.containsKey(name);
  }

  private void keep(ServiceSnapshot snapshot) {
    listed =
        snapshot.instances().stream()
            .filter(ServiceInstance::takesTraffic)
            .map(each -> SocketAddress.inetSocketAddress(each.port(), each.host()))
            .toList();
    known.tryComplete();
  }

  private HttpClient client(Vertx vertx, LoadBalancer balancer) {
    AddressResolver<Service> resolver = AddressResolver.mappingResolver(service -> listed);
    return vertx
        .httpClientBuilder()
        .with(new HttpClientOptions().setConnectTimeout(1_000))
        .with(Callers.POOL)
        .withAddressResolver(resolver)
        .withLoadBalancer(balancer)
        .build();
  }

  @Override
  public Future<Answer> call(int client, String uri) {
    RequestOptions options =
        new RequestOptions().setServer(Service.ONLY).setHost("127.0.0.1").setURI(uri);
    options.setTimeout(deadline.toMillis());
    return clients
        .get(client)
        .request(options)
        .compose(
            request ->
                request
                    .exceptionHandler(error -> {}) // the future says so too
                    .send()
                    .compose(VertxCallers::answer))
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    int server = Integer.parseInt(response.getHeader(RealServer.INDEX));
    return response.end().map(end -> new Answer(response.statusCode(), server));
  }

  @Override
  public void close() {
    watch.close();
    clients.forEach(client -> client.close().await());
  }

  private enum Service implements Address {
    ONLY
  }
}
