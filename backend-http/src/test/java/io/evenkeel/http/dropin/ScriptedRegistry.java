package io.evenkeel.http.dropin;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A registry that answers as it was told, else as if all were well, and writes down every call. */
final class ScriptedRegistry implements ServiceRegistry {
  final List<String> calls = new ArrayList<>();
  final List<ServiceInstance> announced = new ArrayList<>();
  final List<Lease> leases = new ArrayList<>();
  boolean closed;

  private final Set<Capability> capabilities;
  private final Deque<Supplier<CompletionStage<?>>> script = new ArrayDeque<>();

  ScriptedRegistry(Capability... capabilities) {
    this.capabilities = Set.of(capabilities);
  }

  /** The next so many calls fail. */
  ScriptedRegistry thenFails(int times) {
    for (int i = 0; i < times; i++) {
      script.add(
          () -> CompletableFuture.failedStage(new RegistryException.Unavailable("away", null)));
    }
    return this;
  }

  /** The next call fails with this. */
  ScriptedRegistry thenFailsWith(RegistryException error) {
    script.add(() -> CompletableFuture.failedStage(error));
    return this;
  }

  /** The next call is answered with this. */
  ScriptedRegistry thenAnswers(Object value) {
    script.add(() -> CompletableFuture.completedStage(value));
    return this;
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    announced.add(instance);
    leases.add(lease);
    return answer("register", lease);
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer("renew", Renewal.RENEWED);
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    return answer("deregister", true);
  }

  @SuppressWarnings("unchecked") // the test scripts the type that the call has
  private <T> CompletionStage<T> answer(String call, T usual) {
    calls.add(call);
    return script.isEmpty()
        ? CompletableFuture.completedStage(usual)
        : (CompletionStage<T>) script.poll().get();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Set<String>> services() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    closed = true;
  }
}
