package io.evenkeel.loadbalancer.fakes;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A rotation in manual time with some routing, and what its picks add up to. */
public final class Routed {
  /** So long after it entered an endpoint is warm, and an ejection as old is not yet over. */
  public static final Duration WARM = Duration.ofSeconds(30);

  private static final int PICKS = 20_000;

  private final ManualTime time = ManualTime.start();
  private final Rotation rotation;
  private final List<ServiceInstance> list = new ArrayList<>();

  private Routed(BalancingStrategy strategy, Routing routing, long seed) {
    RotationOptions options = RotationOptions.of(strategy).withRouting(routing);
    rotation = Rotation.over(options, time, Randomness.seeded(seed), () -> {});
  }

  /** Round robin with such routing. */
  public static Routed by(Routing routing) {
    return of(RoundRobin.startingAt(0), routing, 1);
  }

  /** A strategy with such routing, of the client with this number. */
  public static Routed of(BalancingStrategy strategy, Routing routing, long client) {
    return new Routed(strategy, routing, client);
  }

  /** The rotation itself. */
  public Rotation rotation() {
    return rotation;
  }

  /** Timers that wait. */
  public int pendingTasks() {
    return time.pendingTasks();
  }

  /** Lists these as well, and waits until they are warm. */
  public Routed add(ServiceInstance.Builder... instances) {
    Arrays.stream(instances).forEach(instance -> list.add(instance.build()));
    return show(list).wait(WARM);
  }

  /** Lists {@code count} more in a zone, and waits until they are warm. */
  public Routed add(int count, String zone) {
    for (int i = 0; i < count; i++) {
      list.add(Instances.instance(Instances.SERVICE, list.size() + 1).zone(zone).build());
    }
    return show(list).wait(WARM);
  }

  /** Lists exactly these. */
  public Routed show(List<ServiceInstance> instances) {
    rotation.accept(List.copyOf(instances));
    time.runDue();
    return this;
  }

  /** Takes those off the list. */
  public Routed remove(String... ids) {
    list.removeIf(instance -> Arrays.asList(ids).contains(instance.id()));
    return show(list);
  }

  /** Some time goes by. */
  public Routed wait(Duration howLong) {
    time.advance(howLong);
    return this;
  }

  /** Ejects one. */
  public Routed eject(String id) {
    for (int tries = 0; tries < 10_000; tries++) {
      LiveEndpoint endpoint = rotation.pick(PickContext.NONE);
      if (endpoint.instance().id().equals(id)) {
        endpoint.end(endpoint.begin(), Outcome.unreachable(new ConnectException()));
        time.runDue();
        return this;
      }
    }
    throw new AssertionError(id + " is never picked");
  }

  /** The share of the picks by what the instances have. */
  public Map<String, Double> shares(Function<ServiceInstance, String> property) {
    return shares(property, null);
  }

  /** The share of the picks with a filter by what the instances have. */
  public Map<String, Double> shares(
      Function<ServiceInstance, String> property, InstanceFilter filter) {
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < PICKS; i++) {
      LiveEndpoint endpoint = rotation.pick(PickContext.NONE, filter);
      shares.merge(property.apply(endpoint.instance()), 1.0 / PICKS, Double::sum);
    }
    return shares;
  }

  /** One instance's share of the picks. */
  public double share(String id) {
    return shares(ServiceInstance::id).getOrDefault(id, 0.0);
  }
}
