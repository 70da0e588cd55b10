package io.evenkeel.benchmarks;

import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ours: a strategy's picker over endpoints that only count. Those that look at attempts are
 * measured with begin and end, those that hash with a key, whose context is made ahead as a call's
 * is. Weights differ only where they are looked at. {@code update X} is a new picker of X after one
 * endpoint left or came back; {@code rotation} is the whole way of a list, from its arrival to the
 * published picker, with round robin.
 */
public final class OwnStrategies implements Peer {
  private static final Set<String> BLIND =
      Set.of("round-robin", "random", "smooth-weighted-round-robin", "weighted-random");

  private static final Set<String> BY_KEY = Set.of("consistent-hashing", "maglev", "rendezvous");
  private static final String UPDATE = "update ";

  /** For the benchmark. */
  public OwnStrategies() {}

  @Override
  public Operation operation(String choice, int size) {
    if (choice.equals("rotation")) {
      return rotation(size);
    }
    if (choice.startsWith(UPDATE)) {
      return update(Strategies.named(choice.substring(UPDATE.length())), size);
    }
    BalancingStrategy strategy = Strategies.named(choice);
    List<CountingEndpoint> endpoints = CountingEndpoint.list(size, strategy);
    Picker picker = strategy.newPicker(EndpointSet.of(endpoints, weights(choice, size)), null);
    if (BLIND.contains(choice)) {
      return keys -> picked(picker, PickContext.NONE);
    }
    return BY_KEY.contains(choice) ? byKey(picker) : request(picker);
  }

  private static double[] weights(String strategy, int size) {
    if (strategy.contains("weighted")) {
      return CountingEndpoint.weights(size);
    }
    double[] alike = new double[size];
    Arrays.fill(alike, 1);
    return alike;
  }

  private static CountingEndpoint picked(Picker picker, PickContext context) {
    return (CountingEndpoint) Objects.requireNonNull(picker.pick(context));
  }

  private static Operation byKey(Picker picker) {
    PickContext[] contexts = Keys.all().stream().map(Call::new).toArray(PickContext[]::new);
    return keys -> picked(picker, contexts[keys.nextNumber()]);
  }

  private static Operation request(Picker picker) {
    return keys -> {
      CountingEndpoint endpoint = picked(picker, PickContext.NONE);
      endpoint.end(endpoint.begin());
      return endpoint;
    };
  }

  private static Operation update(BalancingStrategy strategy, int size) {
    List<CountingEndpoint> endpoints = CountingEndpoint.list(size, strategy);
    double[] weights = weights(strategy.name(), size);
    EndpointSet all = EndpointSet.of(endpoints, weights);
    weights[size / 2] = 0;
    EndpointSet others = EndpointSet.of(endpoints, weights);
    Picker[] picker = {strategy.newPicker(all, null)};
    int[] updates = new int[1];
    return keys -> {
      picker[0] = strategy.newPicker((++updates[0] & 1) == 0 ? all : others, picker[0]);
      return picker[0];
    };
  }

  private static Operation rotation(int size) {
    StepScheduler scheduler = new StepScheduler();
    Rotation rotation =
        Rotation.over(
            RotationOptions.of(Strategies.named("round-robin")),
            scheduler,
            Randomness.perThread(),
            () -> {});
    List<ServiceInstance> all =
        IntStream.range(0, size)
            .mapToObj(i -> ServiceInstance.builder("bench", "h" + i, 80).id("h" + i).build())
            .toList();
    List<ServiceInstance> others = new ArrayList<>(all);
    others.remove(size / 2);
    int[] updates = new int[1];
    return keys -> {
      rotation.accept((++updates[0] & 1) == 0 ? all : others);
      scheduler.runDue();
      return rotation;
    };
  }

  private record Call(String key) implements PickContext {}
}
