package io.evenkeel.benchmarks.peers.stork;

import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.smallrye.stork.api.LoadBalancer;
import io.smallrye.stork.api.ServiceInstance;
import io.smallrye.stork.impl.DefaultServiceInstance;
import io.smallrye.stork.impl.RoundRobinLoadBalancer;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeConfiguration;
import io.smallrye.stork.loadbalancer.leastresponsetime.LeastResponseTimeLoadBalancer;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesConfiguration;
import io.smallrye.stork.loadbalancer.poweroftwochoices.PowerOfTwoChoicesLoadBalancerProvider;
import io.smallrye.stork.loadbalancer.random.RandomConfiguration;
import io.smallrye.stork.loadbalancer.random.RandomLoadBalancerProvider;
import io.smallrye.stork.loadbalancer.requests.LeastRequestsLoadBalancer;
import java.util.ArrayList;
import java.util.List;

/**
 * A pick is {@code LoadBalancer.selectServiceInstance} over the list that discovery gave, without
 * the {@code Uni} that a service wraps around it. A request adds the three records that a client
 * makes to the instance. There is no update: every pick is given the list.
 */
public final class StorkPeer implements Peer {
  /** For the benchmark. */
  public StorkPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(new RoundRobinLoadBalancer(), size);
      case "random" -> pick(random(), size);
      case "least-requests" -> request(new LeastRequestsLoadBalancer(), size);
      case "power-of-two-choices" -> request(twoChoices(), size);
      case "least-response-time" -> request(leastResponseTime(), size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(LoadBalancer balancer, int size) {
    List<ServiceInstance> instances = instances(size);
    return keys -> balancer.selectServiceInstance(instances);
  }

  private static Operation request(LoadBalancer balancer, int size) {
    List<ServiceInstance> instances = instances(size);
    return keys -> {
      ServiceInstance instance = balancer.selectServiceInstance(instances);
      instance.recordStart(true);
      instance.recordReply();
      instance.recordEnd(null);
      return instance;
    };
  }

  private static LoadBalancer random() {
    return new RandomLoadBalancerProvider().createLoadBalancer(new RandomConfiguration(), null);
  }

  private static LoadBalancer twoChoices() {
    return new PowerOfTwoChoicesLoadBalancerProvider()
        .createLoadBalancer(new PowerOfTwoChoicesConfiguration(), null);
  }

  private static LoadBalancer leastResponseTime() {
    return new LeastResponseTimeLoadBalancer(new LeastResponseTimeConfiguration());
  }

  private static List<ServiceInstance> instances(int size) {
    List<ServiceInstance> instances = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      instances.add(new DefaultServiceInstance(i, "h" + i, 80, false));
    }
    return instances;
  }
}
