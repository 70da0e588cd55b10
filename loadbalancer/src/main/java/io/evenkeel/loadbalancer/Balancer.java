package io.evenkeel.loadbalancer;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.AttemptFunction;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.CallContext;
import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.loadbalancer.call.Calls;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.feed.FeedContext;
import io.evenkeel.loadbalancer.feed.SnapshotFeed;
import io.evenkeel.loadbalancer.probe.Prober;
import io.evenkeel.loadbalancer.probe.Probing;
import io.evenkeel.loadbalancer.routing.Callers;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls for one service to its instances. Made by {@link #forService}; lives until {@link
 * #close}. Safe from any thread, and meant to be shared: what one caller learns of an instance
 * helps all.
 *
 * <p>{@link #call} runs attempts until one succeeds; {@link #acquire} hands out one attempt for
 * those who send by themselves. Neither touches the registry. Callbacks of a call run on the thread
 * that ended its last attempt: the transport's, or the scheduler's after a timeout or a backoff;
 * they must not block it.
 */
public final class Balancer implements AutoCloseable {
  private static final Call ONE_ATTEMPT = Call.once();

  private final String service;
  private final Scheduler scheduler;
  private final boolean ownsScheduler;
  private final Rotation rotation;
  private final SnapshotFeed feed;
  private final @Nullable SnapshotFeed callers;
  private final Calls calls;
  private final @Nullable Probing probing;
  private final CompletableFuture<Balancer> ready = new CompletableFuture<>();
  private volatile boolean closed;

  Balancer(BalancerBuilder options, Scheduler scheduler, boolean ownsScheduler) {
    this.service = options.service();
    this.scheduler = scheduler;
    this.ownsScheduler = ownsScheduler;
    this.rotation =
        Rotation.over(
            new RotationOptions(options.strategy(scheduler), options.ejection(), options.routing()),
            scheduler,
            options.random(),
            () -> ready.complete(this));
    this.calls =
        Calls.over(
            service,
            rotation,
            options.retry(),
            options.classifier(),
            new CallContext(scheduler, options.random()));
    Prober prober = options.prober();
    this.probing =
        prober == null
            ? null
            : Probing.of(prober, options.probes(), rotation, scheduler, options.random());
    FeedContext context = new FeedContext(scheduler, options.random(), options.diskExecutor());
    this.callers = followCallers(options, context);
    this.feed =
        SnapshotFeed.start(
            options.registry(),
            service,
            options.feed(),
            context,
            snapshot -> rotation.accept(snapshot.instances()));
  }

  /** Follows the service this process belongs to, when it matters who else calls. */
  private @Nullable SnapshotFeed followCallers(BalancerBuilder options, FeedContext context) {
    InstanceKey self = options.routing().self();
    return self == null || !options.routing().wantsCallers()
        ? null
        : SnapshotFeed.start(
            options.registry(),
            self.service(),
            options.feed(),
            context,
            snapshot -> rotation.accept(Callers.of(snapshot.instances(), self.id())));
  }

  /** Starts to describe a balancer for the named service. */
  public static BalancerBuilder forService(String service) {
    return new BalancerBuilder(service);
  }

  /** The service's name. */
  public String service() {
    return service;
  }

  /**
   * Completes with this balancer when the first list has been taken over, be it from the registry
   * or from the copy on disk, and be it empty; fails with {@link CallException.Closed} when it is
   * closed before. It has no deadline of its own.
   */
  public CompletionStage<Balancer> ready() {
    return ready.minimalCompletionStage();
  }

  /** As {@link #acquire(Call)} with a call that has no key and five seconds. */
  public Attempt acquire() {
    return acquire(ONE_ATTEMPT);
  }

  /**
   * Begins one attempt on the instance the strategy chooses. The caller sends it, and ends it with
   * {@link Attempt#complete} or, by try-with-resources, as cancelled; a forgotten one is ended by
   * the call's attempt timeout.
   *
   * @throws CallException.NoInstance when no instance is in rotation
   * @throws CallException.Closed after {@link #close}
   */
  public Attempt acquire(Call call) {
    if (closed) {
      throw calls.closedException();
    }
    probe();
    return calls.acquire(call);
  }

  /**
   * Sends attempts, each on an instance this call has not tried while there is one, until one
   * succeeds. A failed one is repeated when the call is idempotent or nothing was sent, attempts
   * and time are left, and the retry budget has room; before it, a jittered backoff. A call that
   * comes before the first list waits for it, within its deadline.
   *
   * <p>Completes with the last attempt's value; fails with its error, or with a {@link
   * CallException}. Cancelling the returned future cancels the attempt.
   */
  public <T> CompletionStage<T> call(Call call, AttemptFunction<T> function) {
    if (closed) {
      return CompletableFuture.failedStage(calls.closedException());
    }
    probe();
    return rotation.isPublished()
        ? calls.call(call, function)
        : calls.callWhen(ready, call, function);
  }

  private void probe() {
    if (probing != null) {
      probing.requested();
    }
  }

  /** The list that is served, with how far to trust it; empty before the first one. */
  public Optional<ServiceSnapshot> snapshot() {
    return feed.snapshot();
  }

  /** How long ago the registry last confirmed that list; zero before the first one. */
  public Duration snapshotAge() {
    return feed.age();
  }

  /** The endpoints that take traffic now. */
  public EndpointSet inRotation() {
    return rotation.inRotation();
  }

  /**
   * Stops following the registry and ends what is under way: calls fail with {@link
   * CallException.Closed}, attempts are cancelled. Does not wait for it. Idempotent.
   */
  @Override
  public void close() {
    closed = true;
    feed.close();
    if (callers != null) {
      callers.close();
    }
    rotation.close();
    ready.completeExceptionally(calls.closedException());
    calls.close(this::closeOwnScheduler);
  }

  private void closeOwnScheduler() {
    if (ownsScheduler) {
      scheduler.close();
    }
  }
}
