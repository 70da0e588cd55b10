package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.BalancerBuilder;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The caller's Vert.x, the instances of the service {@code orders}, and how attempts ended. */
final class TestBench implements AutoCloseable {
  static final String SERVICE = "orders";

  final Vertx vertx;
  final TestServers servers = new TestServers();
  final Outcomes outcomes = new Outcomes();
  private final List<String> addresses = new ArrayList<>();
  private final List<ServiceRegistry> registries = new ArrayList<>();
  private final List<Socket> bound = new ArrayList<>();

  private TestBench(Vertx vertx) {
    this.vertx = vertx;
  }

  static TestBench open() {
    return open(new VertxOptions().setEventLoopPoolSize(2));
  }

  static TestBench open(VertxOptions options) {
    return new TestBench(Vertx.vertx(options));
  }

  /** Adds an instance to the list. */
  TestServer add(TestServer server) {
    addresses.add("127.0.0.1:" + server.port());
    return server;
  }

  /** Adds instances that answer with a status each. */
  List<TestServer> answering(int... statuses) {
    List<TestServer> added = new ArrayList<>();
    for (int status : statuses) {
      added.add(add(servers.answering(status)));
    }
    return added;
  }

  /** Adds an instance whose port is taken but not listened on, so that it refuses. */
  void refusing() {
    try {
      Socket socket = new Socket();
      bound.add(socket);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      addresses.add("127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds an address as it stands. */
  void at(String address) {
    addresses.add(address);
  }

  /** A registry that has the instances added so far. */
  ServiceRegistry registry() {
    String uri =
        addresses.isEmpty() ? "inmemory:" : "static:" + SERVICE + "=" + String.join(",", addresses);
    ServiceRegistry registry = Registries.connect(uri);
    registries.add(registry);
    return registry;
  }

  BalancedWebClientBuilder builder() {
    return builder(balancer -> {});
  }

  BalancedWebClientBuilder builder(Consumer<BalancerBuilder> settings) {
    return BalancedWebClient.builder(vertx, registry())
        .balancer(balancer -> settings.accept(balancer.strategy(outcomes)));
  }

  BalancedWebClient client() {
    return builder().build();
  }

  @Override
  public void close() throws IOException {
    Await.value(vertx.close());
    servers.close();
    registries.forEach(ServiceRegistry::close);
    for (Socket socket : bound) {
      socket.close();
    }
  }
}
