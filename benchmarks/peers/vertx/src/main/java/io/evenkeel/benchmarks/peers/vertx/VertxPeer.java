package io.evenkeel.benchmarks.peers.vertx;

import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.endpoint.InteractionMetrics;
import io.vertx.core.net.endpoint.LoadBalancer;
import io.vertx.core.net.endpoint.ServerEndpoint;
import io.vertx.core.net.endpoint.ServerInteraction;
import io.vertx.core.net.endpoint.ServerSelector;
import java.util.ArrayList;
import java.util.List;

/**
 * A pick is {@code ServerSelector.select}, as Vert.x calls it. A request adds the five reports that
 * the HTTP client makes to the server's metrics. An update makes endpoints with new metrics for the
 * whole list and a selector over them, which is what an endpoint resolver does with a new answer.
 */
public final class VertxPeer implements Peer {
  /** For the benchmark. */
  public VertxPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(LoadBalancer.ROUND_ROBIN, size);
      case "random" -> pick(LoadBalancer.RANDOM, size);
      case "consistent-hashing" -> pickByKey(LoadBalancer.CONSISTENT_HASHING, size);
      case "least-requests" -> request(LoadBalancer.LEAST_REQUESTS, size);
      case "power-of-two-choices" -> request(LoadBalancer.POWER_OF_TWO_CHOICES, size);
      case "update" -> update(LoadBalancer.ROUND_ROBIN, size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(LoadBalancer balancer, int size) {
    List<Server> servers = servers(balancer, size);
    ServerSelector selector = balancer.selector(servers);
    return keys -> servers.get(selector.select());
  }

  private static Operation pickByKey(LoadBalancer balancer, int size) {
    List<Server> servers = servers(balancer, size);
    ServerSelector selector = balancer.selector(servers);
    return keys -> servers.get(selector.select(keys.next()));
  }

  private static Operation request(LoadBalancer balancer, int size) {
    List<Server> servers = servers(balancer, size);
    ServerSelector selector = balancer.selector(servers);
    return keys -> {
      Server server = servers.get(selector.select());
      interact(server.metrics);
      return server;
    };
  }

  private static <M> void interact(InteractionMetrics<M> metrics) {
    M interaction = metrics.initiateRequest();
    metrics.reportRequestBegin(interaction);
    metrics.reportRequestEnd(interaction);
    metrics.reportResponseBegin(interaction);
    metrics.reportResponseEnd(interaction);
  }

  private static Operation update(LoadBalancer balancer, int size) {
    List<SocketAddress> all = addresses(size);
    List<SocketAddress> others = new ArrayList<>(all);
    others.remove(size / 2);
    int[] updates = new int[1];
    return keys -> {
      List<Server> servers = new ArrayList<>(size);
      for (SocketAddress address : (++updates[0] & 1) == 0 ? all : others) {
        servers.add(new Server(address, balancer.newMetrics()));
      }
      return balancer.selector(servers);
    };
  }

  private static List<Server> servers(LoadBalancer balancer, int size) {
    return addresses(size).stream()
        .map(address -> new Server(address, balancer.newMetrics()))
        .toList();
  }

  private static List<SocketAddress> addresses(int size) {
    List<SocketAddress> addresses = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      addresses.add(SocketAddress.inetSocketAddress(80, "h" + i));
    }
    return addresses;
  }

  private static final class Server implements ServerEndpoint {
    private final SocketAddress address;
    private final InteractionMetrics<?> metrics;

    Server(SocketAddress address, InteractionMetrics<?> metrics) {
      this.address = address;
      this.metrics = metrics;
    }

    @Override
    public String key() {
      return address.host();
    }

    @Override
    public SocketAddress address() {
      return address;
    }

    @Override
    public ServerInteraction newInteraction() {
      throw new UnsupportedOperationException("newInteraction: the metrics are told directly");
    }

    @Override
    public InteractionMetrics<?> metrics() {
      return metrics;
    }

    @Override
    public Object unwrap() {
      return address;
    }
  }
}
