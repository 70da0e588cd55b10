package io.evenkeel.registrar;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryCall;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance announced in one registry, from {@link #announce} to {@link #close}.
 *
 * <p>It registers, renews every interval ±10 %, and when the registry is away or has lost the lease
 * it tries again with jittered backoff for ever, always with the newest payload. A process that
 * took the same id over with a higher incarnation makes it stop. At most one registry call is under
 * way at a time, so the registry sees calls in the order they were meant.
 *
 * <p>Safe from any thread. Works on the scheduler's thread and on those that complete the
 * registry's stages; holds its lock only to change its own fields, never while it calls the
 * registry or a user's code.
 */
public final class Registrar implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Registrar.class.getName());
  private static final double SPREAD = 0.1;
  private static final int DEREGISTER_TRIES = 3;

  private final ServiceRegistry registry;
  private final RegistrarOptions options;
  private final Scheduler scheduler;
  private final boolean ownsScheduler;
  private final InstanceKey key;
  private final CompletableFuture<ServiceInstance> registered = new CompletableFuture<>();
  private final CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();
  private final Object lock = new Object();

  private ServiceInstance instance; // guarded by lock
  private volatile Lease lease; // written under lock
  private Duration interval; // guarded by lock: between renewals
  private boolean callUnderWay; // guarded by lock
  private boolean payloadChanged; // guarded by lock
  private boolean closing; // guarded by lock
  private int failures; // guarded by lock: registry calls that failed in a row
  private Scheduler.@Nullable Timer timer; // guarded by lock
  private @Nullable Thread shutdownHook; // guarded by lock
  private volatile RegistrarState state = RegistrarState.STARTING; // written under lock

  private Registrar(
      ServiceRegistry registry,
      ServiceInstance instance,
      RegistrarOptions options,
      Scheduler scheduler,
      boolean ownsScheduler) {
    this.registry = registry;
    this.instance = instance;
    this.options = options;
    this.scheduler = scheduler;
    this.ownsScheduler = ownsScheduler;
    this.key = instance.key();
    this.interval = options.renewInterval();
    this.lease = new Lease(options.ttl(), wallClockMicros());
  }

  /** Of two lives of one id the later one is the higher incarnation, as long as clocks agree. */
  private long wallClockMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, scheduler.instant());
  }

  /** Announces an instance with {@link RegistrarOptions#defaults()}. */
  public static Registrar announce(ServiceRegistry registry, ServiceInstance instance) {
    return announce(registry, instance, RegistrarOptions.defaults());
  }

  /**
   * Announces an instance. Returns at once, whether the registry is there or not; {@link
   * #registered()} tells when it was accepted. The registrar gets a daemon thread of its own.
   */
  public static Registrar announce(
      ServiceRegistry registry, ServiceInstance instance, RegistrarOptions options) {
    Scheduler own = Scheduler.daemon("evenkeel-registrar-" + instance.id());
    return start(new Registrar(registry, instance, options, own, true));
  }

  /** Announces an instance, with timers on a scheduler that stays the caller's. */
  public static Registrar announce(
      ServiceRegistry registry,
      ServiceInstance instance,
      RegistrarOptions options,
      Scheduler scheduler) {
    return start(new Registrar(registry, instance, options, scheduler, false));
  }

  private static Registrar start(Registrar registrar) {
    registrar.hookShutdown();
    registrar.next();
    return registrar;
  }

  /** How the announcement stands. */
  public RegistrarState state() {
    return state;
  }

  /** The newest payload, whether the registry has it already or not. */
  public ServiceInstance instance() {
    synchronized (lock) {
      return instance;
    }
  }

  /**
   * Completes when the registry first accepted the instance; fails when the registrar stopped
   * before, with the registry's error or, after {@link #close()}, with {@link
   * IllegalStateException}.
   */
  public CompletionStage<ServiceInstance> registered() {
    return registered.minimalCompletionStage();
  }

  /**
   * Changes what is announced: weight, status, metadata. The registry hears of it as soon as a call
   * that is under way has ended. No effect once the state is final. When two updates meet, one of
   * the changes is applied again to the other's result, so a change has no side effects.
   *
   * @throws IllegalArgumentException when the service or the id changes
   */
  public void update(UnaryOperator<ServiceInstance> change) {
    ServiceInstance before;
    ServiceInstance changed;
    do {
      before = instance();
      changed = change.apply(before);
      if (!changed.key().equals(key)) {
        throw new IllegalArgumentException(
            "instance: " + changed.key() + " (expected: the announced " + key + ")");
      }
    } while (!replace(before, changed));
    next();
  }

  /** Answers false when another update came first. */
  private boolean replace(ServiceInstance before, ServiceInstance changed) {
    synchronized (lock) {
      if (!instance.equals(before)) {
        return false;
      }
      if (!state.isFinal()) {
        instance = changed;
        payloadChanged = true;
      }
      return true;
    }
  }

  /** As {@link #closeAsync()}, and waits for it, at most one call deadline. Not for event loops. */
  @Override
  public void close() {
    CompletableFuture<Boolean> done = closeAsync().toCompletableFuture();
    try {
      done.get(options.callDeadline().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, () -> key + " may stay visible until its lease ends: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Withdraws the instance: stops renewing, lets a call that is under way end, and deregisters.
   * Completes with whether the registry had the instance; fails when the registry could not be told
   * in three tries, and then the lease runs out. Idempotent.
   */
  public CompletionStage<Boolean> closeAsync() {
    boolean nothingToWithdraw;
    boolean idle;
    synchronized (lock) {
      if (closing) {
        return withdrawn.minimalCompletionStage();
      }
      closing = true;
      cancelTimer();
      unhookShutdown();
      nothingToWithdraw = state.isFinal();
      idle = !callUnderWay;
      if (!nothingToWithdraw) {
        state = RegistrarState.DEREGISTERED;
      }
    }
    registered.completeExceptionally(new IllegalStateException(key + ": registrar closed"));
    if (nothingToWithdraw) {
      withdrawn.complete(false);
    } else if (idle) {
      deregister(1); // else the call under way does it when it ends
    }
    return withdrawn.minimalCompletionStage().whenComplete((existed, error) -> closeOwnScheduler());
  }

  /** Starts the call that is due, unless one is under way; its end comes back here. */
  private void next() {
    boolean register;
    ServiceInstance payload;
    synchronized (lock) {
      if (callUnderWay || closing || state.isFinal()) {
        return;
      }
      cancelTimer();
      callUnderWay = true;
      register = payloadChanged || state != RegistrarState.REGISTERED || !renews();
      payloadChanged = false;
      payload = instance;
    }
    CompletionStage<Renewal> call =
        register
            ? within(() -> registry.register(payload, lease).thenApply(this::granted))
            : within(() -> registry.renew(key, lease));
    call.whenComplete((answer, error) -> ended(answer, (RegistryException) error));
  }

  /**
   * Where less is granted than was asked for, a third of the grant is the time between renewals.
   */
  private Renewal granted(Lease grant) {
    boolean shorter = grant.ttl().compareTo(lease.ttl()) < 0;
    Duration third = grant.ttl().dividedBy(3);
    synchronized (lock) {
      boolean sooner = shorter && third.compareTo(options.renewInterval()) < 0;
      interval = sooner ? third : options.renewInterval();
    }
    return Renewal.RENEWED;
  }

  private boolean renews() {
    return registry.capabilities().contains(Capability.RENEW);
  }

  private void ended(@Nullable Renewal answer, @Nullable RegistryException error) {
    boolean withdraw;
    boolean again = false;
    RegistrarState before;
    synchronized (lock) {
      callUnderWay = false;
      withdraw = closing;
      before = state;
      if (!closing && outlives(error)) {
        again = true;
      } else if (!closing) {
        state = judge(answer, error);
        again = !state.isFinal() && scheduleNext(answer, error);
      }
    }
    if (withdraw) {
      deregister(1);
      return;
    }
    tell(before, error);
    if (again) {
      next();
    }
  }

  /**
   * Whether this life, which no registry has accepted yet, was refused for a life of its id that
   * seems to begin in the future: then the clock has jumped back meanwhile, and this life is the
   * later one all the same. It takes the next incarnation. Called under the lock.
   */
  private boolean outlives(@Nullable RegistryException error) {
    if (error instanceof RegistryException.Superseded refused
        && !registered.isDone()
        && refused.holder() > wallClockMicros()
        && refused.holder() < ServiceRegistry.ANY_INCARNATION) {
      lease = new Lease(options.ttl(), refused.holder() + 1);
      return true;
    }
    return false;
  }

  private RegistrarState judge(@Nullable Renewal answer, @Nullable RegistryException error) {
    if (error instanceof RegistryException.Superseded) {
      return RegistrarState.SUPERSEDED;
    }
    if (error != null && !registered.isDone() && failures + 1 == options.attempts()) {
      return RegistrarState.FAILED;
    }
    return error == null && answer == Renewal.RENEWED
        ? RegistrarState.REGISTERED
        : RegistrarState.RETRYING;
  }

  /**
   * Sets the timer of the next call; answers true when it is due at once. Called under the lock.
   */
  private boolean scheduleNext(@Nullable Renewal answer, @Nullable RegistryException error) {
    failures = error == null ? 0 : failures + 1;
    if (error == null && (payloadChanged || answer == Renewal.UNKNOWN)) {
      return true;
    }
    Duration delay =
        error == null
            ? Randomness.jitter(interval, SPREAD, Randomness.perThread())
            : options.backoff().delay(failures - 1, Randomness.perThread());
    timer = scheduler.schedule(delay, this::next);
    return false;
  }

  private void tell(RegistrarState before, @Nullable RegistryException error) {
    RegistrarState now = state;
    if (now == RegistrarState.REGISTERED) {
      registered.complete(instance());
    } else if (now.isFinal() && error != null) {
      registered.completeExceptionally(error);
      synchronized (lock) {
        unhookShutdown();
      }
      closeOwnScheduler();
    }
    if (now != before) {
      Level level = now == RegistrarState.REGISTERED ? Level.INFO : Level.WARNING;
      String why = error == null ? "" : ": " + error.getMessage();
      LOG.log(level, () -> key + " in " + registry.name() + ": " + before + " -> " + now + why);
    }
  }

  private void deregister(int tryNumber) {
    within(() -> registry.deregister(key, lease.incarnation()))
        .whenComplete(
            (existed, error) -> {
              if (error == null) {
                withdrawn.complete(existed);
              } else if (tryNumber < DEREGISTER_TRIES
                  && error instanceof RegistryException.Unavailable) {
                Duration delay = options.backoff().delay(tryNumber - 1, Randomness.perThread());
                scheduler.schedule(delay, () -> deregister(tryNumber + 1));
              } else {
                withdrawn.completeExceptionally(error);
              }
            });
  }

  private <T> CompletionStage<T> within(Supplier<CompletionStage<T>> call) {
    return RegistryCall.within(options.callDeadline(), scheduler, registry, call);
  }

  private void hookShutdown() {
    if (options.deregisterOnShutdown()) {
      Thread hook = new Thread(this::close, "evenkeel-deregister-" + key.id());
      synchronized (lock) {
        shutdownHook = hook;
      }
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  private void unhookShutdown() {
    if (shutdownHook != null && shutdownHook != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
      } catch (IllegalStateException shuttingDown) {
        // the JVM is going down already and holds on to its hooks
      }
    }
    shutdownHook = null;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void closeOwnScheduler() {
    if (ownsScheduler) {
      scheduler.close();
    }
  }
}
