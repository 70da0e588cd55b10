package io.evenkeel.loadbalancer.fakes;

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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A registry that says what a test tells it to: reads are answered as last scripted, and lists and
 * errors are pushed to watchers. Listeners stay callable after their watch was closed, so that a
 * late call can be played. Safe from any thread.
 */
public final class ScriptedRegistry implements ServiceRegistry {
  private final Set<Capability> capabilities;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private volatile Supplier<CompletionStage<ServiceSnapshot>> answer =
      () -> new CompletableFuture<>();
  private volatile Runnable onRead = () -> {};
  private volatile Runnable onWatchClosed = () -> {};
  private volatile RegistryException watchRefused;

  private ScriptedRegistry(Set<Capability> capabilities) {
    this.capabilities = capabilities;
  }

  /** One that can be watched; reads hang until scripted. */
  public static ScriptedRegistry watchable() {
    return new ScriptedRegistry(Set.of(Capability.WATCH));
  }

  /** One that can only be read; reads hang until scripted. */
  public static ScriptedRegistry pollable() {
    return new ScriptedRegistry(Set.of());
  }

  /** What a read is answered with from now on. */
  public void answers(Supplier<CompletionStage<ServiceSnapshot>> newAnswer) {
    answer = newAnswer;
  }

  /** Reads are answered with this list. */
  public void answers(List<ServiceInstance> instances) {
    answer = () -> CompletableFuture.completedStage(Instances.snapshot(instances));
  }

  /** Reads fail. */
  public void fails(RegistryException error) {
    answer = () -> CompletableFuture.failedStage(error);
  }

  /** Reads are never answered. */
  public void hangs() {
    answer = CompletableFuture::new;
  }

  /** Runs with each read. */
  public void onRead(Runnable action) {
    onRead = action;
  }

  /** Runs when a watch is closed. */
  public void onWatchClosed(Runnable action) {
    onWatchClosed = action;
  }

  /** Watching fails. */
  public void refusesWatches(RegistryException error) {
    watchRefused = error;
  }

  /** Tells all watchers a list. */
  public void push(List<ServiceInstance> instances) {
    push(Instances.snapshot(instances));
  }

  /** Tells all watchers of a service its list. */
  public void push(ServiceSnapshot snapshot) {
    for (Watcher watcher : watchers) {
      if (watcher.service.equals(snapshot.service())) {
        watcher.listener.onSnapshot(snapshot);
      }
    }
  }

  /** Tells all watchers an error. */
  public void pushError(RegistryException error) {
    watchers.forEach(watcher -> watcher.listener.onError(error));
  }

  /** How many watches were ever opened. */
  public int watches() {
    return watchers.size();
  }

  @Override
  public String name() {
    return "scripted:";
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    onRead.run();
    return answer.get();
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    if (watchRefused != null) {
      throw watchRefused;
    }
    watchers.add(new Watcher(service, listener));
    return () -> onWatchClosed.run();
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    throw new AssertionError("a balancer registers nothing");
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    throw new AssertionError("a balancer renews nothing");
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    throw new AssertionError("a balancer deregisters nothing");
  }

  @Override
  public CompletionStage<Set<String>> services() {
    throw new AssertionError("a balancer knows its service");
  }

  @Override
  public void close() {}

  private record Watcher(String service, WatchListener listener) {}
}
