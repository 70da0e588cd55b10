package io.evenkeel.testkit;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint whose attempts a test begins and ends by hand, as a balancer would. It lives as long
 * as the test keeps it, so a strategy finds its tracker and load again after an update. Safe from
 * any thread.
 */
public final class TestEndpoint implements Endpoint {
  private final ServiceInstance instance;
  private final @Nullable Tracker tracker;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<Long> tokens = new ConcurrentLinkedQueue<>();

  private TestEndpoint(ServiceInstance instance, @Nullable Tracker tracker) {
    this.instance = instance;
    this.tracker = tracker;
  }

  /**
   * An endpoint of the service {@code test} with this id, tracked by a new tracker of the strategy.
   */
  public static TestEndpoint of(String id, BalancingStrategy strategy) {
    return of(ServiceInstance.builder("test", "127.0.0.1", 80).id(id).build(), strategy);
  }

  /** An endpoint of this instance, tracked by a new tracker of the strategy. */
  public static TestEndpoint of(ServiceInstance instance, BalancingStrategy strategy) {
    return new TestEndpoint(instance, strategy.newTracker(instance));
  }

  /** Begins an attempt: one more in flight, and the tracker is told. */
  public TestEndpoint begin() {
    inFlight.incrementAndGet();
    tokens.add(tracker == null ? 0L : tracker.begin());
    return this;
  }

  /** Begins several attempts. */
  public TestEndpoint begin(int attempts) {
    for (int i = 0; i < attempts; i++) {
      begin();
    }
    return this;
  }

  /**
   * Ends the attempt that has been in flight longest.
   *
   * @throws IllegalStateException when none is in flight
   */
  public TestEndpoint end(Outcome outcome) {
    Long token = tokens.poll();
    if (token == null) {
      throw new IllegalStateException(this + " in flight: 0 (expected: > 0)");
    }
    inFlight.decrementAndGet();
    if (tracker != null) {
      tracker.end(token, outcome);
    }
    return this;
  }

  @Override
  public ServiceInstance instance() {
    return instance;
  }

  @Override
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public @Nullable Tracker tracker() {
    return tracker;
  }

  @Override
  public String toString() {
    return instance.id();
  }
}
