package io.evenkeel.benchmarks.peers.servicetalk;

import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.servicetalk.client.api.ConnectionFactory;
import io.servicetalk.client.api.DefaultServiceDiscovererEvent;
import io.servicetalk.client.api.LoadBalancer;
import io.servicetalk.client.api.ServiceDiscovererEvent;
import io.servicetalk.client.api.ServiceDiscovererEvent.Status;
import io.servicetalk.concurrent.Cancellable;
import io.servicetalk.concurrent.PublisherSource;
import io.servicetalk.concurrent.SingleSource;
import io.servicetalk.concurrent.api.Processors;
import io.servicetalk.concurrent.api.SourceAdapters;
import io.servicetalk.loadbalancer.ConnectionSelectorPolicies;
import io.servicetalk.loadbalancer.LoadBalancers;
import io.servicetalk.loadbalancer.LoadBalancingPolicies;
import io.servicetalk.loadbalancer.LoadBalancingPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Its selectors are package-private, so a pick goes the public road: {@code selectConnection} of a
 * load balancer whose connections are open already, and a subscription, which answers at once. A
 * request adds what the HTTP client tells the connection's request tracker. An update is one event
 * of discovery; no connection is open then.
 */
public final class ServiceTalkPeer implements Peer {
  /** For the benchmark. */
  public ServiceTalkPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    LoadBalancingPolicy<String, Connection> roundRobin = LoadBalancingPolicies.roundRobin().build();
    LoadBalancingPolicy<String, Connection> twoChoices = LoadBalancingPolicies.p2c().build();
    return switch (choice) {
      case "round-robin" -> pick(roundRobin, size);
      case "p2c" -> request(twoChoices, size);
      case "update" -> update(twoChoices, size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(LoadBalancingPolicy<String, Connection> policy, int size) {
    LoadBalancer<Connection> balancer = connected(policy, size);
    return keys -> select(balancer);
  }

  private static Operation request(LoadBalancingPolicy<String, Connection> policy, int size) {
    LoadBalancer<Connection> balancer = connected(policy, size);
    return keys -> {
      Connection connection = select(balancer);
      connection.tracker().onRequestSuccess(connection.tracker().beforeRequestStart());
      return connection;
    };
  }

  private static Operation update(LoadBalancingPolicy<String, Connection> policy, int size) {
    Discovery discovery = new Discovery();
    LoadBalancer<Connection> balancer = discovery.balancer(policy);
    discovery.say(IntStream.range(0, size).mapToObj(i -> "h" + i).toList(), Status.AVAILABLE);
    List<String> one = List.of("h" + size / 2);
    int[] updates = new int[1];
    return keys -> {
      discovery.say(one, (++updates[0] & 1) == 0 ? Status.AVAILABLE : Status.EXPIRED);
      return balancer;
    };
  }

  /** Picks until nearly every host has its connection. */
  private static LoadBalancer<Connection> connected(
      LoadBalancingPolicy<String, Connection> policy, int size) {
    Discovery discovery = new Discovery();
    LoadBalancer<Connection> balancer = discovery.balancer(policy);
    discovery.say(IntStream.range(0, size).mapToObj(i -> "h" + i).toList(), Status.AVAILABLE);
    for (int i = 0; i < 8 * size; i++) {
      select(balancer);
    }
    return balancer;
  }

  private static Connection select(LoadBalancer<Connection> balancer) {
    Selected selected = new Selected();
    SourceAdapters.toSource(balancer.selectConnection(connection -> true, null))
        .subscribe(selected);
    return Objects.requireNonNull(selected.connection, "connection: none at once");
  }

  private static final class Discovery {
    private final PublisherSource.Processor<
            Collection<ServiceDiscovererEvent<String>>, Collection<ServiceDiscovererEvent<String>>>
        events = Processors.newPublisherProcessor();

    LoadBalancer<Connection> balancer(LoadBalancingPolicy<String, Connection> policy) {
      ConnectionFactory<String, Connection> connections = new Connections();
      return LoadBalancers.<String, Connection>builder("bench")
          .loadBalancingPolicy(policy)
          .connectionSelectorPolicy(ConnectionSelectorPolicies.linearSearch())
          .build()
          .newLoadBalancer(SourceAdapters.fromSource(events), connections, "bench");
    }

    void say(List<String> hosts, Status status) {
      List<ServiceDiscovererEvent<String>> said = new ArrayList<>(hosts.size());
      hosts.forEach(host -> said.add(new DefaultServiceDiscovererEvent<>(host, status)));
      events.onNext(said);
    }
  }

  private static final class Selected implements SingleSource.Subscriber<Connection> {
    private @Nullable Connection connection;

    @Override
    public void onSubscribe(Cancellable cancellable) {}

    @Override
    public void onSuccess(@Nullable Connection result) {
      connection = result;
    }

    @Override
    public void onError(Throwable cause) {
      throw new IllegalStateException("selectConnection: " + cause, cause);
    }
  }
}
