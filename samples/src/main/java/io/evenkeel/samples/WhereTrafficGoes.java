package io.evenkeel.samples;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.loadbalancer.Balancer;
import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.routing.Tiers;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.strategy.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Ten instances in two zones, one of them a canary, one a spare; and what share of the calls goes
 * where. Nothing listens: attempts are taken and ended.
 */
public final class WhereTrafficGoes {
  private static final int CALLS = 1_000_000; // a share is sure to a twentieth of a per cent

  private WhereTrafficGoes() {}

  /** Prints the shares; the arguments are not looked at. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    try (ServiceRegistry registry = InMemoryServiceRegistry.create()) {
      for (int n = 1; n <= 10; n++) {
        registry.register(instance(n), new Lease(Duration.ofMinutes(5), 1));
      }
      // README: routing
      Routing routing =
          Routing.everywhere()
              .inZone("eu-1a") // as far as it can carry what its callers ask for
              .withCanary(InstanceFilter.version("2"), 0.05) // 5 % to version 2
              .withTiers(Tiers.byPriority()); // those of priority 1 stand by
      Balancer orders = Balancer.forService("orders").on(registry).routing(routing).start();
      Call blueOnly = Call.once().withFilter(InstanceFilter.tag("blue"));
      // README: end
      try (orders) {
        orders.ready().toCompletableFuture().join();
        out.println("by zone       " + shares(orders, Call.once(), ServiceInstance::zone));
        out.println("by version    " + shares(orders, Call.once(), ServiceInstance::version));
        out.println("with a filter " + shares(orders, blueOnly, ServiceInstance::id));
      }
    }
  }

  /** 1..3 in zone a, 4..9 in zone b, all of version 1; 9 is a canary, 10 a spare. */
  private static ServiceInstance instance(int n) {
    return ServiceInstance.builder("orders", "10.0.0." + n, 8080)
        .id("orders-" + n)
        .zone(n <= 3 ? "eu-1a" : "eu-1b")
        .version(n == 9 ? "2.0" : "1.4")
        .tag(n % 4 == 0 ? "blue" : "green")
        .metadata("priority", n == 10 ? "1" : "0")
        .build();
  }

  private static Map<String, String> shares(
      Balancer balancer, Call call, Function<ServiceInstance, String> property) {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < CALLS; i++) {
      try (Attempt attempt = balancer.acquire(call)) {
        counts.merge(property.apply(attempt.instance()), 1, Integer::sum);
        attempt.complete(Outcome.success());
      }
    }
    Map<String, String> shares = new TreeMap<>();
    counts.forEach(
        (key, count) ->
            shares.put(key, String.format(Locale.ROOT, "%.0f %%", 100.0 * count / CALLS)));
    return shares;
  }
}
