package io.evenkeel.http.dropin;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An announcement that a registrar keeps. It owns its registry, and its thread if it made one. */
final class LiveAnnouncement implements Announcement {
  private final Dropin dropin;
  private final Tale tale;
  private final ObservedRegistry observed;
  private final Registrar registrar;
  private final Runnable release;
  private final CompletableFuture<Optional<Registration>> registered = new CompletableFuture<>();

  private LiveAnnouncement(
      Dropin dropin, Tale tale, ObservedRegistry observed, Registrar registrar, Runnable release) {
    this.dropin = dropin;
    this.tale = tale;
    this.observed = observed;
    this.registrar = registrar;
    this.release = release;
  }

  static LiveAnnouncement begin(
      Dropin dropin, Plan plan, ServiceRegistry registry, Consumer<RegistrationEvent> events) {
    Scheduler given = dropin.scheduler;
    Scheduler scheduler =
        given == null ? Scheduler.daemon("evenkeel-registrar-" + plan.instance().id()) : given;
    Runnable release =
        () -> {
          registry.close();
          if (given == null) {
            scheduler.close();
          }
        };
    Tale tale = new Tale(registry, plan, events);
    tale.starting(dropin.attempts);
    ObservedRegistry observed = new ObservedRegistry(registry, dropin, scheduler, tale);
    Registrar registrar = Registrar.announce(observed, plan.instance(), options(dropin), scheduler);
    observed.registerAgainBy(() -> registrar.update(UnaryOperator.identity()));
    LiveAnnouncement announcement =
        new LiveAnnouncement(dropin, tale, observed, registrar, release);
    registrar.registered().whenComplete((instance, error) -> announcement.settle(error));
    return announcement;
  }

  /** A lease outlives two lost signs of life; where none is given, it is as long as may be. */
  private static RegistrarOptions options(Dropin dropin) {
    Duration interval = dropin.keepAlive.isZero() ? Lease.MAX_TTL.dividedBy(3) : dropin.keepAlive;
    Duration ttl = interval.multipliedBy(3);
    return new RegistrarOptions(
        ttl.compareTo(Lease.MIN_TTL) < 0 ? Lease.MIN_TTL : ttl,
        interval,
        ObservedRegistry.deadline(dropin),
        dropin.backoff,
        dropin.attempts,
        dropin.autoDeregister);
  }

  private void settle(@Nullable Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause == null) {
      registered.complete(Optional.ofNullable(observed.registration()));
      return;
    }
    boolean closed = registrar.state() == RegistrarState.DEREGISTERED;
    if (closed) {
      tale.aborted();
    } else {
      tale.failed(observed.attempts(), cause);
    }
    if (dropin.failOnError) {
      registered.completeExceptionally(failure(cause));
    } else {
      registered.complete(Optional.empty());
    }
    if (!closed) {
      release.run(); // last, since it interrupts the thread it may be on
    }
  }

  private IllegalStateException failure(Throwable cause) {
    return new IllegalStateException(
        "Failed to register service after %d attempts: %s"
            .formatted(observed.attempts(), cause.getMessage()),
        cause);
  }

  @Override
  public CompletionStage<Optional<Registration>> registered() {
    return registered.minimalCompletionStage();
  }

  @Override
  public RegistrarState state() {
    RegistrarState state = registrar.state();
    boolean waits = state == RegistrarState.REGISTERED && observed.isLost();
    return waits ? RegistrarState.RETRYING : state;
  }

  @Override
  public void update(UnaryOperator<ServiceInstance> change) {
    registrar.update(change);
  }

  @Override
  public CompletionStage<Renewal> ping() {
    return observed.ping();
  }

  @Override
  public CompletionStage<Boolean> deregister() {
    observed.leaving();
    return registrar.closeAsync().whenComplete((existed, error) -> release.run());
  }

  @Override
  public void close() {
    if (!dropin.autoDeregister) {
      observed.leaveSilently();
    }
    observed.leaving();
    registrar.close();
    deregister(); // done already; frees what is held
  }
}
