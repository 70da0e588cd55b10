package io.evenkeel.benchmarks.peers.ribbon;

import com.netflix.loadbalancer.BaseLoadBalancer;
import com.netflix.loadbalancer.BestAvailableRule;
import com.netflix.loadbalancer.IRule;
import com.netflix.loadbalancer.LoadBalancerStats;
import com.netflix.loadbalancer.RandomRule;
import com.netflix.loadbalancer.RoundRobinRule;
import com.netflix.loadbalancer.Server;
import com.netflix.loadbalancer.ServerStats;
import com.netflix.loadbalancer.WeightedResponseTimeRule;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A pick is {@code chooseServer} on a load balancer without a ping. A request adds what Ribbon's
 * own commands note before and after: the requests in flight and the response time. Weights by
 * response time are computed every 30 s there, and once before the measurement here.
 */
public final class RibbonPeer implements Peer {
  /** For the benchmark. */
  public RibbonPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(new RoundRobinRule(), size);
      case "random" -> pick(new RandomRule(), size);
      case "best-available" -> request(new BestAvailableRule(), size);
      case "weighted-response-time" -> request(new WeightedResponseTimeRule(), size);
      case "update" -> update(size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(IRule rule, int size) {
    BaseLoadBalancer balancer = balancer(rule, size);
    return keys -> Objects.requireNonNull(balancer.chooseServer(null));
  }

  private static Operation request(IRule rule, int size) {
    BaseLoadBalancer balancer = balancer(rule, size);
    LoadBalancerStats stats = balancer.getLoadBalancerStats();
    for (Server server : balancer.getAllServers()) {
      stats.getSingleServerStat(server).noteResponseTime(40 + server.getPort() % 5);
    }
    rule.setLoadBalancer(balancer); // a rule with weights computes them here
    return keys -> {
      Server server = Objects.requireNonNull(balancer.chooseServer(null));
      ServerStats stat = stats.getSingleServerStat(server);
      stat.incrementActiveRequestsCount();
      stat.incrementNumRequests();
      stat.decrementActiveRequestsCount();
      stat.noteResponseTime(40);
      return server;
    };
  }

  private static Operation update(int size) {
    BaseLoadBalancer balancer = balancer(new RoundRobinRule(), size);
    List<Server> all = servers(size);
    List<Server> others = new ArrayList<>(all);
    others.remove(size / 2);
    int[] updates = new int[1];
    return keys -> {
      balancer.setServersList((++updates[0] & 1) == 0 ? all : others);
      return balancer;
    };
  }

  private static BaseLoadBalancer balancer(IRule rule, int size) {
    BaseLoadBalancer balancer = new BaseLoadBalancer("bench", rule, new LoadBalancerStats("bench"));
    balancer.setServersList(servers(size));
    return balancer;
  }

  private static List<Server> servers(int size) {
    List<Server> servers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      servers.add(new Server("h" + i, 80 + i % 5));
    }
    return servers;
  }
}
