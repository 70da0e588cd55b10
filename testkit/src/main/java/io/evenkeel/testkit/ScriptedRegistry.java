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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A registry for those that announce: it answers as it was told, else as if all were well, and
 * writes down every call. It cannot be read. For one thread, that of a manual clock.
 */
public final class ScriptedRegistry implements ServiceRegistry {
  private final TimeSource time;
  private final Set<Capability> capabilities;
  private final List<Call> calls = new ArrayList<>();
  private final Deque<Supplier<CompletionStage<?>>> script = new ArrayDeque<>();
  private boolean closed;

  private ScriptedRegistry(TimeSource time, Set<Capability> capabilities) {
    this.time = time;
    this.capabilities = capabilities;
  }

  /** One that can do this and reads the time of its calls here. */
  public static ScriptedRegistry create(TimeSource time, Capability... capabilities) {
    return new ScriptedRegistry(time, Set.of(capabilities));
  }

  /**
   * A call.
   *
   * @param name of the method
   * @param weight of the instance, -1 where none was given
   * @param incarnation that was said
   * @param ttl of the lease, zero where none was given
   * @param nanos when it came, on the monotonic clock
   */
  public record Call(String name, int weight, long incarnation, Duration ttl, long nanos) {}

  /** The next call fails. */
  public ScriptedRegistry thenFails(RegistryException error) {
    return thenDoes(() -> CompletableFuture.failedStage(error));
  }

  /** The next so many calls fail as if nobody were there. */
  public ScriptedRegistry thenIsAway(int times) {
    for (int i = 0; i < times; i++) {
      thenFails(new RegistryException.Unavailable("away", null));
    }
    return this;
  }

  /** The next call is answered with this, which must be of the call's type. */
  public ScriptedRegistry thenAnswers(Object value) {
    return thenDoes(() -> CompletableFuture.completedStage(value));
  }

  /** The next call answers nothing until the returned stage is completed. */
  public CompletableFuture<Object> thenHangs() {
    CompletableFuture<Object> answer = new CompletableFuture<>();
    thenDoes(() -> answer);
    return answer;
  }

  /** The next call does this, which may be what a registry must not. */
  public ScriptedRegistry thenDoes(Supplier<CompletionStage<?>> deed) {
    script.add(deed);
    return this;
  }

  /** All calls, in their order. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** What was called, in its order. */
  public List<String> names() {
    return calls.stream().map(Call::name).toList();
  }

  /** The newest call. */
  public Call last() {
    return calls.get(calls.size() - 1);
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return answer("register", instance.weight(), lease, lease);
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer("renew", -1, lease, Renewal.RENEWED);
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    calls.add(new Call("deregister", -1, incarnation, Duration.ZERO, time.nanoTime()));
    return scriptedOr(true);
  }

  private <T> CompletionStage<T> answer(String name, int weight, Lease lease, T usual) {
    calls.add(new Call(name, weight, lease.incarnation(), lease.ttl(), time.nanoTime()));
    return scriptedOr(usual);
  }

  @SuppressWarnings("unchecked") // the test scripts the type that the call has
  private <T> CompletionStage<T> scriptedOr(T usual) {
    Supplier<CompletionStage<?>> next = script.poll();
    return next == null ? CompletableFuture.completedStage(usual) : (CompletionStage<T>) next.get();
  }

  @Override
  public String name() {
    return "scripted:";
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  /** Not scripted. */
  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    throw new UnsupportedOperationException("instances: not scripted");
  }

  /** Not scripted. */
  @Override
  public CompletionStage<Set<String>> services() {
    throw new UnsupportedOperationException("services: not scripted");
  }

  /** Not scripted. */
  @Override
  public Watch watch(String service, WatchListener listener) {
    throw new UnsupportedOperationException("watch: not scripted");
  }

  @Override
  public void close() {
    closed = true;
  }
}
