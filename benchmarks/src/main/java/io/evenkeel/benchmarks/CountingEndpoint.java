package io.evenkeel.benchmarks;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The least an endpoint can be: it counts its attempts in flight. */
public final class CountingEndpoint implements Endpoint {
  private static final AtomicIntegerFieldUpdater<CountingEndpoint> IN_FLIGHT =
      AtomicIntegerFieldUpdater.newUpdater(CountingEndpoint.class, "inFlight");

  private final ServiceInstance instance;
  private volatile int inFlight;

  private CountingEndpoint(ServiceInstance instance) {
    this.instance = instance;
  }

  static CountingEndpoint[] array(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> ServiceInstance.builder("bench", "h" + i, 80).build())
        .map(CountingEndpoint::new)
        .toArray(CountingEndpoint[]::new);
  }

  /** Endpoints with the weights 1, 2, … 5, 1, …, in a set. */
  static EndpointSet set(int size) {
    List<Endpoint> endpoints = new ArrayList<>(List.of(array(size)));
    return EndpointSet.of(endpoints, weights(size));
  }

  static double[] weights(int size) {
    return IntStream.range(0, size).mapToDouble(i -> 1 + i % 5).toArray();
  }

  CountingEndpoint begin() {
    IN_FLIGHT.getAndIncrement(this);
    return this;
  }

  void end() {
    IN_FLIGHT.getAndDecrement(this);
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
    return null;
  }
}
