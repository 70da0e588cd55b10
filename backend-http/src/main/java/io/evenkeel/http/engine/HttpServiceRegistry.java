package io.evenkeel.http.engine;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A registry that is spoken to over HTTP: what all dialects owe alike. Arguments are checked before
 * anything is sent, a closed one sends nothing, and an instance that was deregistered here is never
 * announced again from here, whatever the server would do (it may not know incarnations).
 */
public final class HttpServiceRegistry implements ServiceRegistry {
  private final String name;
  private final Dialect dialect;
  private final TimeSource time;
  private final Runnable release;
  private final Supplier<Optional<Exchanged>> lastExchange;
  private final Tombstones tombstones = new Tombstones();
  private final Revisions revisions = new Revisions();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Puts the common part before a dialect.
   *
   * @param name the URI without secrets
   * @param release frees connections and threads; called once, by {@link #close()}
   * @param lastExchange the last call that was answered
   */
  public HttpServiceRegistry(
      String name,
      Dialect dialect,
      TimeSource time,
      Runnable release,
      Supplier<Optional<Exchanged>> lastExchange) {
    this.name = name;
    this.dialect = dialect;
    this.time = time;
    this.release = release;
    this.lastExchange = lastExchange;
  }

  /** The last call that was answered as expected; known before its stage completes. */
  public Optional<Exchanged> lastExchange() {
    return lastExchange.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<Capability> capabilities() {
    return dialect.capabilities();
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance instance, Lease lease) {
    return answer(
        () -> {
          tombstones.check(instance.key(), lease.incarnation());
          return dialect
              .register(instance, lease)
              .compose(granted -> unlessBuried(instance.key(), lease.incarnation(), granted));
        });
  }

  /** A deregistration that was called meanwhile is final, in whatever order the two arrived. */
  private Future<Lease> unlessBuried(InstanceKey key, long incarnation, Lease granted) {
    try {
      tombstones.check(key, incarnation);
      return Future.succeededFuture(granted);
    } catch (RegistryException.Superseded late) {
      return dialect.deregister(key, incarnation).transform(done -> Future.failedFuture(late));
    }
  }

  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease lease) {
    return answer(
        () -> {
          if (!capabilities().contains(Capability.RENEW)) {
            throw new RegistryException.Rejected(name + ": has no renewals; register again");
          }
          tombstones.check(key, lease.incarnation());
          return dialect.renew(key, lease);
        });
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    if (incarnation < 0) {
      throw new IllegalArgumentException("incarnation: " + incarnation + " (expected: >= 0)");
    }
    return answer(
        () -> {
          tombstones.bury(key, incarnation);
          return dialect.deregister(key, incarnation);
        });
  }

  @Override
  public CompletionStage<ServiceSnapshot> instances(String service) {
    String checked = new InstanceKey(service, service).service(); // the key knows the bounds
    return answer(() -> dialect.instances(checked).map(list -> snapshot(checked, list)));
  }

  @Override
  public CompletionStage<Set<String>> services() {
    return answer(dialect::services);
  }

  @Override
  public Watch watch(String service, WatchListener listener) {
    String checked = new InstanceKey(service, service).service();
    if (closed.get()) {
      throw new RegistryException.Closed(name);
    }
    return dialect.watch(
        checked,
        new SnapshotListener(
            listener, (list, freshness) -> snapshot(checked, list).withFreshness(freshness)));
  }

  private ServiceSnapshot snapshot(String service, List<ServiceInstance> instances) {
    return new ServiceSnapshot(
        service,
        revisions.of(service, instances),
        instances,
        name,
        Freshness.FRESH,
        time.instant());
  }

  private <T> CompletionStage<T> answer(Supplier<Future<T>> call) {
    Future<T> future;
    try {
      future = closed.get() ? Future.failedFuture(new RegistryException.Closed(name)) : call.get();
    } catch (RegistryException refused) {
      future = Future.failedFuture(refused);
    }
    return future.recover(error -> Future.failedFuture(known(error))).toCompletionStage();
  }

  /** What our reading of an answer stumbled over is the answer's fault, as far as callers go. */
  private RegistryException known(Throwable error) {
    return error instanceof RegistryException known
        ? known
        : new RegistryException.Protocol(name + ": " + error.getClass().getSimpleName(), error);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      dialect.close();
      release.run();
    }
  }
}
