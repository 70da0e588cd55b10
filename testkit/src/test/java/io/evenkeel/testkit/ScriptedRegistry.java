package io.evenkeel.testkit;

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
  final List<Call> calls = new ArrayList<>();

  private final TimeSource time;
  private final Set<Capability> capabilities;
  private final Deque<Supplier<CompletionStage<?>>> script = new ArrayDeque<>();

  /** What was called, with which payload's weight (-1 if none) and incarnation, when. */
  record Call(String name, int weight, long incarnation, long nanos) {}

  ScriptedRegistry(TimeSource time, Capability... capabilities) {
    this.time = time;
    this.capabilities = Set.of(capabilities);
  }

  /** The next call fails. */
  ScriptedRegistry thenFails(RegistryException error) {
    script.add(() -> CompletableFuture.failedStage(error));
    return this;
  }

  /** The next call is answered with this. */
  ScriptedRegistry thenAnswers(Object value) {
    script.add(() -> CompletableFuture.completedStage(value));
    return this;
  }

  /** The next call answers nothing until the returned stage is completed. */
  CompletableFuture<Object> thenHangs() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    script.add(() -> answer);
    return answer;
  }

  /** The next call does what a stage must not. */
  ScriptedRegistry thenDoes(Supplier<CompletionStage<?>> misdeed) {
    script.add(misdeed);
    return this;
  }

  List<String> names() {
    return calls.stream().map(Call::name).toList();
  }

  Call last() {
    return calls.get(calls.size() - 1);
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return answer("register", instance.weight(), lease.incarnation(), lease);
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer("renew", -1, lease.incarnation(), Renewal.RENEWED);
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    return answer("deregister", -1, incarnation, true);
  }

  @SuppressWarnings("unchecked") // the test scripts the type that the call has
  private <T> CompletionStage<T> answer(String name, int weight, long incarnation, T normal) {
    calls.add(new Call(name, weight, incarnation, time.nanoTime()));
    if (script.isEmpty()) {
      return CompletableFuture.completedStage(normal);
    }
    return (CompletionStage<T>) script.poll().get();
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
  public void close() {}
}
