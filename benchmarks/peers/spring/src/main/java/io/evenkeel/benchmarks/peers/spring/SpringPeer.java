package io.evenkeel.benchmarks.peers.spring;

import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.loadbalancer.core.CachingServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.RandomLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.WeightedServiceInstanceListSupplier;
import reactor.core.publisher.Flux;

/**
 * A pick is {@code choose} and {@code block}, as Spring's blocking client has it; the list supplier
 * has its list at hand. Weights are the list supplier's there: {@code weighted} as it is, and
 * {@code weighted-cached} with Spring's cache around it, as its documentation advises.
 */
public final class SpringPeer implements Peer {
  private static final String SERVICE = "bench";

  /** For the benchmark. */
  public SpringPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    ServiceInstanceListSupplier list = new FixedList(size);
    return switch (choice) {
      case "round-robin" -> pick(roundRobin(list));
      case "random" -> pick(new RandomLoadBalancer(provider(list), SERVICE));
      case "weighted" -> pick(roundRobin(weighted(list)));
      case "weighted-cached" -> pick(roundRobin(cached(weighted(list))));
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(ReactorServiceInstanceLoadBalancer balancer) {
    Request<?> request = new DefaultRequest<>();
    return keys -> Objects.requireNonNull(balancer.choose(request).block()).getServer();
  }

  private static RoundRobinLoadBalancer roundRobin(ServiceInstanceListSupplier list) {
    return new RoundRobinLoadBalancer(provider(list), SERVICE, 0);
  }

  private static ServiceInstanceListSupplier weighted(ServiceInstanceListSupplier list) {
    return new WeightedServiceInstanceListSupplier(
        list, instance -> Integer.parseInt(instance.getMetadata().get("weight")));
  }

  private static ServiceInstanceListSupplier cached(ServiceInstanceListSupplier list) {
    return new CachingServiceInstanceListSupplier(
        list,
        new ConcurrentMapCacheManager(
            CachingServiceInstanceListSupplier.SERVICE_INSTANCE_CACHE_NAME));
  }

  private static ObjectProvider<ServiceInstanceListSupplier> provider(
      ServiceInstanceListSupplier list) {
    return new ObjectProvider<>() {
      @Override
      public ServiceInstanceListSupplier getObject() {
        return list;
      }
    };
  }

  private static final class FixedList implements ServiceInstanceListSupplier {
    private final Flux<List<ServiceInstance>> list;

    FixedList(int size) {
      List<ServiceInstance> instances = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Map<String, String> metadata = Map.of("weight", Integer.toString(1 + i % 5));
        instances.add(new DefaultServiceInstance("h" + i, SERVICE, "h" + i, 80, false, metadata));
      }
      this.list = Flux.just(instances);
    }

    @Override
    public String getServiceId() {
      return SERVICE;
    }

    @Override
    public Flux<List<ServiceInstance>> get() {
      return list;
    }
  }
}
