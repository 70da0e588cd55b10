package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A registry behind a network on which calls and answers are late, overtake each other and get
 * lost. A call that the caller has given up may still arrive.
 */
final class FlakyNetwork implements ServiceRegistry {
  private static final int LATEST_MILLIS = 6000; // a call deadline is 3 s

  private final ServiceRegistry registry;
  private final Scheduler time;
  private final RandomGenerator random;
  boolean deregisterArrived;

  FlakyNetwork(ServiceRegistry registry, Scheduler time, RandomGenerator random) {
    this.registry = registry;
    this.time = time;
    this.random = random;
  }

  private <T> CompletionStage<T> send(Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    travel(
        () ->
            call.get()
                .whenComplete((value, error) -> travel(() -> complete(answer, value, error))));
    return answer;
  }

  private static <T> void complete(CompletableFuture<T> answer, T value, Throwable error) {
    if (error == null) {
      answer.complete(value);
    } else {
      answer.completeExceptionally(error);
    }
  }

  /** Half of the time at once, else late, now and then never. */
  private void travel(Runnable arrival) {
    if (random.nextInt(10) == 0) {
      return;
    }
    int millis = random.nextBoolean() ? random.nextInt(5) : random.nextInt(LATEST_MILLIS);
    time.schedule(Duration.ofMillis(millis), arrival);
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return send(() -> registry.register(instance, lease));
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return send(() -> registry.renew(key, lease));
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    return send(
        () -> {
          deregisterArrived = true;
          return registry.deregister(key, incarnation);
        });
  }

  @Override
  public String name() {
    return registry.name();
  }

  @Override
  public Set<Capability> capabilities() {
    return registry.capabilities();
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    return registry.instances(service);
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return registry.services();
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    return registry.watch(service, listener);
  }

  @Override
  public void close() {
    registry.close();
  }
}
