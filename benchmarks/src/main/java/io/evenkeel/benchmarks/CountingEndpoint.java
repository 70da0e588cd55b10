package io.evenkeel.benchmarks;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The least an endpoint can be: it counts its attempts in flight, and tells its tracker. */
public final class CountingEndpoint implements Endpoint {
  private static final AtomicIntegerFieldUpdater<CountingEndpoint> IN_FLIGHT =
      AtomicIntegerFieldUpdater.newUpdater(CountingEndpoint.class, "inFlight");

  private final ServiceInstance instance;
  private final @Nullable Tracker tracker;
  private volatile int inFlight;

  private CountingEndpoint(ServiceInstance instance, @Nullable Tracker tracker) {
    this.instance = instance;
    this.tracker = tracker;
  }

  /** Endpoints that nobody tracks. */
  static CountingEndpoint[] array(int size) {
    return instances(size)
        .map(instance -> new CountingEndpoint(instance, null))
        .toArray(CountingEndpoint[]::new);
  }

  private static Stream<ServiceInstance> instances(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> ServiceInstance.builder("bench", "h" + i, 80).id("h" + i).build());
  }

  /** Endpoints of a strategy with the weights 1, 2, … 5, 1, …, in a set. */
  static EndpointSet set(int size, BalancingStrategy strategy) {
    return EndpointSet.of(list(size, strategy), weights(size));
  }

  /** Endpoints of a strategy. */
  static List<CountingEndpoint> list(int size, BalancingStrategy strategy) {
    return instances(size)
        .map(instance -> new CountingEndpoint(instance, strategy.newTracker(instance)))
        .toList();
  }

  static double[] weights(int size) {
    return IntStream.range(0, size).mapToDouble(i -> 1 + i % 5).toArray();
  }

  /** What the tracker wants back at the end. */
  long begin() {
    IN_FLIGHT.getAndIncrement(this);
    return tracker == null ? 0 : tracker.begin();
  }

  void end(long token) {
    IN_FLIGHT.getAndDecrement(this);
    if (tracker != null) {
      tracker.end(token, Outcome.success());
    }
  }

  @Override
  public ServiceInstance instance() {
    return instance;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public @Nullable Tracker tracker() {
    return tracker;
  }
}
