package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lists that are written down and never change ({@code static:…}). Nothing can be announced. It has
 * no thread: a listener is called once, by the thread that calls {@link #watch}.
 */
final class StaticServiceRegistry implements ServiceRegistry {
  private final String name;
  private final Map<String, List<ServiceInstance>> lists;
  private volatile boolean closed;

  StaticServiceRegistry(String name, Map<String, List<ServiceInstance>> lists) {
    this.name = name;
    this.lists = lists;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.WATCH);
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return rejected();
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return rejected();
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: >= 0)");
    }
    return rejected();
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    return answer(snapshot(service));
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return answer(Set.copyOf(lists.keySet()));
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    if (closed) {
      throw new RegistryException.Closed(name);
    }
    new Subscription(listener, subscription -> {}).tell(snapshot(service));
    return () -> {}; // nothing is left to be told
  }

  private ServiceSnapshot snapshot(String service) {
    return new ServiceSnapshot(
        service,
        1,
        lists.getOrDefault(service, List.of()),
        name,
        ServiceSnapshot.Freshness.FRESH,
        TimeSource.system().instant());
  }

  private <T> CompletionStage<T> answer(T value) {
    return closed
        ? CompletableFuture.failedStage(new RegistryException.Closed(name))
        : CompletableFuture.completedStage(value);
  }

  private <T> CompletionStage<T> rejected() {
    return CompletableFuture.failedStage(
        closed
            ? new RegistryException.Closed(name)
            : new RegistryException.Rejected(name + ": the list is fixed (expected: reads only)"));
  }

  @Override
  public void close() {
    closed = true;
  }
}
