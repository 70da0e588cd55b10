package io.evenkeel.http.dropin;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryCall;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose calls are told as events, and which stands between it and the registrar where
 * the systems differ: no keep-alive at all, a grace before registering again, no deregistration.
 *
 * <p>A registrar makes one call at a time; a ping by hand may come between.
 */
final class ObservedRegistry implements ServiceRegistry {
  /** So that an answer at the last moment is seen here before the registrar gives it up. */
  private static final Duration SOONER = Duration.ofMillis(500);

  private enum Phase {
    STARTING,
    KEPT,
    /** Lost, and not yet to be registered again. */
    GRACE,
    LOST,
    LEFT
  }

  private final ServiceRegistry registry;
  private final Dropin dropin;
  private final Scheduler scheduler;
  private final Tale tale;
  private final AtomicInteger attempt = new AtomicInteger();
  private volatile Runnable registerAgain = () -> {};
  private volatile Phase phase = Phase.STARTING;
  private volatile boolean silent;
  private final CompletableFuture<Void> left = new CompletableFuture<>();
  private volatile @Nullable ServiceInstance instance; // of the last register call, as the lease
  private volatile @Nullable Lease lease;
  private volatile @Nullable Registration registration;

  ObservedRegistry(ServiceRegistry registry, Dropin dropin, Scheduler scheduler, Tale tale) {
    this.registry = registry;
    this.dropin = dropin;
    this.scheduler = scheduler;
    this.tale = tale;
  }

  /** What makes the registrar register again though it has not asked. */
  void registerAgainBy(Runnable registrar) {
    registerAgain = registrar;
  }

  /** Lets the registration end by itself, or stay: the registry hears nothing of the end. */
  void leaveSilently() {
    silent = true;
  }

  /** The announcement ends: what waits for the service to answer is not registered. */
  void leaving() {
    left.complete(null);
  }

  /** How many times the first registration was tried. */
  int attempts() {
    return attempt.get();
  }

  @Nullable Registration registration() {
    return registration;
  }

  boolean isLost() {
    return phase == Phase.GRACE || phase == Phase.LOST;
  }

  static Duration deadline(Dropin dropin) {
    return dropin.timeout.plus(dropin.selfProbe.limit()).plus(SOONER.multipliedBy(2));
  }

  private <T> CompletionStage<T> within(Supplier<CompletionStage<T>> call) {
    return RegistryCall.within(dropin.timeout.plus(SOONER), scheduler, registry, call);
  }

  @Override
  public CompletionStage<Lease> register(ServiceInstance payload, Lease asked) {
    Phase before = phase;
    instance = payload;
    lease = asked;
    if (before == Phase.STARTING) {
      attempt.incrementAndGet();
    }
    return ready(before)
        .thenCompose(answers -> within(() -> registry.register(payload, asked)))
        .whenComplete(
            (grant, error) -> {
              if (error == null) {
                accepted(before, payload, grant);
              } else {
                refused(before, cause(error));
              }
            });
  }

  /** Only the first registration waits for the service; whoever closed meanwhile is let go. */
  private CompletionStage<Void> ready(Phase before) {
    boolean waits = before == Phase.STARTING && !dropin.selfProbe.limit().isZero();
    return waits
        ? dropin
            .selfProbe
            .ready(scheduler, left.minimalCompletionStage())
            .whenComplete((done, error) -> tale.ready(dropin.selfProbe.limit(), error))
            .thenAccept(done -> requireNotLeft())
        : CompletableFuture.completedStage(null);
  }

  private void requireNotLeft() {
    if (left.isDone()) {
      throw new RegistryException.Closed(registry.name());
    }
  }

  private void accepted(Phase before, ServiceInstance payload, Lease grant) {
    Registration now = tale.registration(payload, grant);
    registration = now;
    if (phase != Phase.LEFT) {
      phase = Phase.KEPT;
    }
    switch (before) {
      case STARTING -> tale.registered(now, attempt.get(), dropin.keepAlive);
      case KEPT, LEFT -> tale.pinged(now);
      case GRACE, LOST -> tale.registeredAgain(now);
    }
  }

  private void refused(Phase before, RegistryException error) {
    switch (before) {
      case STARTING -> tale.attemptFailed(attempt.get(), dropin, error);
      case KEPT, LEFT -> pingFailed(error);
      case GRACE, LOST -> tale.notRegisteredAgain(error);
    }
  }

  private void pingFailed(RegistryException error) {
    tale.pingFailed(error);
    if (error instanceof RegistryException.Superseded && phase != Phase.LEFT) {
      phase = Phase.LEFT;
      tale.keepAliveStopped();
    }
  }

  /**
   * Without a keep-alive, and while the grace runs, all is well as far as the registrar knows.
   * After a failure it registers again.
   */
  @Override
  public CompletionStage<Renewal> renew(InstanceKey key, Lease asked) {
    if (dropin.keepAlive.isZero() || phase == Phase.GRACE) {
      return CompletableFuture.completedStage(Renewal.RENEWED);
    }
    return renewNow(key, asked)
        .whenComplete(
            (answer, error) -> phase = error == null || phase == Phase.LEFT ? phase : Phase.LOST)
        .thenApply(answer -> answer == Renewal.RENEWED ? answer : lost());
  }

  private CompletionStage<Renewal> renewNow(InstanceKey key, Lease asked) {
    return within(() -> registry.renew(key, asked))
        .whenComplete(
            (answer, error) -> {
              Registration known = registration;
              if (error != null) {
                pingFailed(cause(error));
              } else if (answer == Renewal.RENEWED && known != null) {
                tale.pinged(known);
              }
            });
  }

  private Renewal lost() {
    tale.notFound(dropin.reRegisterAfter);
    if (dropin.reRegisterAfter.isZero()) {
      phase = Phase.LOST;
      return Renewal.UNKNOWN;
    }
    phase = Phase.GRACE;
    scheduler.schedule(dropin.reRegisterAfter, this::graceOver);
    return Renewal.RENEWED;
  }

  private void graceOver() {
    if (phase == Phase.GRACE) {
      phase = Phase.LOST;
      registerAgain.run();
    }
  }

  /** A sign of life out of turn; what it finds lost is registered again. */
  CompletionStage<Renewal> ping() {
    ServiceInstance payload = instance;
    Lease asked = lease;
    if (registration == null || payload == null || asked == null || phase == Phase.LEFT) {
      return CompletableFuture.completedStage(Renewal.UNKNOWN);
    }
    if (!registry.capabilities().contains(Capability.RENEW)) {
      return register(payload, asked).thenApply(grant -> Renewal.RENEWED);
    }
    return renewNow(payload.key(), asked)
        .thenApply(
            answer -> {
              if (answer == Renewal.UNKNOWN && phase == Phase.KEPT && lost() == Renewal.UNKNOWN) {
                registerAgain.run();
              }
              return answer;
            });
  }

  @Override
  public CompletionStage<Boolean> deregister(InstanceKey key, long incarnation) {
    Registration known = registration;
    boolean stops = phase != Phase.LEFT;
    phase = Phase.LEFT;
    if (known == null) {
      return CompletableFuture.completedStage(false);
    }
    if (stops && !dropin.keepAlive.isZero()) {
      tale.keepAliveCancelled();
    }
    if (silent) {
      return CompletableFuture.completedStage(false);
    }
    return within(() -> registry.deregister(key, incarnation))
        .whenComplete(
            (existed, error) -> {
              if (error != null) {
                tale.notDeregistered(cause(error));
              } else {
                tale.deregistered(known, existed);
              }
            });
  }

  private static RegistryException cause(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof RegistryException known
        ? known
        : new RegistryException.Unavailable(String.valueOf(cause), cause);
  }

  @Override
  public String name() {
    return registry.name();
  }

  @Override
  public Set<Capability> capabilities() {
    Set<Capability> all = EnumSet.of(Capability.REGISTER);
    all.addAll(registry.capabilities());
    if (dropin.keepAlive.isZero()) {
      all.add(Capability.RENEW); // answered here
    }
    return all;
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
