package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.health.Ejector;
import io.evenkeel.loadbalancer.health.EndpointHealth;
import io.evenkeel.loadbalancer.load.LoadWeights;
import io.evenkeel.loadbalancer.routing.Callers;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Route;
import io.evenkeel.loadbalancer.routing.Router;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who takes traffic now. The cold half, one refresh at a time, on the scheduler's thread: the
 * newest list is reconciled, health is judged, and a new picker over those in rotation is published
 * through one volatile field. The hot half, {@link #pick}, reads that field and nothing else.
 *
 * <p>Changes that arrive while a refresh waits or runs are taken together by the next one.
 */
public final class Rotation {
  private static final int TRIES_TO_AVOID = 3;

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final EndpointTable table; // guarded by this
  private final Ejector ejector; // guarded by this
  private final Admission admission; // guarded by this
  private final Router router;
  private final Warmup warmup; // guarded by this
  private final LoadWeights loads; // guarded by this
  private final AtomicBoolean refreshDue = new AtomicBoolean();
  private final AtomicBoolean suspected = new AtomicBoolean(); // there is something to judge
  private final Runnable onPublished;
  private final LiveEndpoint[] untried = {};

  private Scheduler.@Nullable Timer letBackIn; // guarded by this
  private Scheduler.@Nullable Timer warmer; // guarded by this
  private boolean closed; // guarded by this
  private boolean listed; // guarded by this: whether a first list has come
  private final AtomicReference<@Nullable List<ServiceInstance>> newest = new AtomicReference<>();
  private volatile @Nullable Published published; // written under the lock

  private Rotation(
      RotationOptions options, Scheduler scheduler, RandomGenerator random, Runnable onPublished) {
    this.scheduler = scheduler;
    this.random = random;
    this.onPublished = onPublished;
    this.ejector = Ejector.with(options.ejection(), random);
    this.admission = new Admission(options.routing());
    this.router = Router.of(options.routing(), options.strategy(), random);
    this.warmup = new Warmup(options.routing().slowStart());
    this.loads = LoadWeights.with(options.load(), scheduler);
    this.table =
        new EndpointTable(
            instance ->
                new LiveEndpoint(
                    instance,
                    options.strategy().newTracker(instance),
                    EndpointHealth.unknown(options.ejection()),
                    loads.newCapacity(),
                    this::suspect));
  }

  /**
   * A rotation that has published nothing yet.
   *
   * @param onPublished runs on the scheduler's thread after each new picker
   */
  public static Rotation over(
      RotationOptions options, Scheduler scheduler, RandomGenerator random, Runnable onPublished) {
    return new Rotation(options, scheduler, random, onPublished);
  }

  /** Takes a new complete list over, soon. Any thread; of several lists the last one counts. */
  public void accept(List<ServiceInstance> instances) {
    newest.set(instances);
    requestRefresh();
  }

  /** Who else calls; counts from the next list on. Any thread. */
  public void accept(Callers callers) {
    router.accept(callers);
    requestRefresh();
  }

  /** Whether a first list has been published. */
  public boolean isPublished() {
    return published != null;
  }

  /** The endpoints in rotation, in the strategy's order; none before the first list. */
  public EndpointSet inRotation() {
    Published current = published;
    return current == null ? EndpointSet.of(List.of(), new double[0]) : current.route.set();
  }

  /** The endpoint the strategy chooses, or null when none is in rotation. */
  public @Nullable LiveEndpoint pick(PickContext context) {
    Published current = published;
    return current == null ? null : (LiveEndpoint) current.picker.pick(context);
  }

  /** As {@link #pick}, among those that suit. */
  public @Nullable LiveEndpoint pick(PickContext context, @Nullable InstanceFilter filter) {
    return pickOther(context, filter, untried, 0);
  }

  /**
   * As {@link #pick}, but none of those to avoid while another that suits is in rotation: the
   * strategy is asked a few times, then a random one of the others is taken.
   *
   * @param filter of the call, null for none
   * @param avoid what was tried already; the first {@code count} elements count
   */
  public @Nullable LiveEndpoint pickOther(
      PickContext context, @Nullable InstanceFilter filter, LiveEndpoint[] avoid, int count) {
    Published current = published;
    if (current == null) {
      return null;
    }
    Route route = filter == null ? current.route : current.route.only(filter);
    Picker picker = filter == null ? current.picker : current.thinned(route, random);
    LiveEndpoint choice = null;
    for (int i = 0; i < TRIES_TO_AVOID; i++) {
      choice = (LiveEndpoint) picker.pick(context);
      if (choice == null || !contains(avoid, count, choice)) {
        return choice;
      }
    }
    LiveEndpoint other = anyOther(route.set(), avoid, count);
    LiveEndpoint spare = other == null ? anyOther(route.reserve(), avoid, count) : other;
    return spare == null ? choice : spare;
  }

  /**
   * The endpoint of an instance that a call prefers, if it is in rotation, suits the call's filter
   * and is none of those to avoid.
   */
  public @Nullable LiveEndpoint find(
      String instanceId, @Nullable InstanceFilter filter, LiveEndpoint[] avoid, int count) {
    Published current = published;
    if (current == null) {
      return null;
    }
    Route route = filter == null ? current.route : current.route.only(filter);
    LiveEndpoint found = (LiveEndpoint) route.find(instanceId);
    return found == null || contains(avoid, count, found) ? null : found;
  }

  private @Nullable LiveEndpoint anyOther(EndpointSet set, LiveEndpoint[] avoid, int count) {
    int size = set.size();
    int start = size == 0 ? 0 : random.nextInt(size);
    for (int i = 0; i < size; i++) {
      LiveEndpoint candidate = (LiveEndpoint) set.get((start + i) % size);
      if (!contains(avoid, count, candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean contains(LiveEndpoint[] endpoints, int count, LiveEndpoint endpoint) {
    for (int i = 0; i < count; i++) {
      if (endpoints[i] == endpoint) {
        return true;
      }
    }
    return false;
  }

  /** Compares the endpoints with each other: once a second, while calls are made. Any thread. */
  public synchronized void look() {
    if (ejector.look(table.healths())) {
      suspect();
    }
  }

  /** Nanoseconds without an answer that make a black hole; endless while too little is known. */
  public long stallLimit() {
    return ejector.stallLimit();
  }

  /** Publishes nothing more. */
  public synchronized void close() {
    closed = true;
    letBackIn = cancelled(letBackIn);
    warmer = cancelled(warmer);
  }

  /** Somebody should be judged. Any thread. */
  private void suspect() {
    suspected.set(true);
    requestRefresh();
  }

  private void requestRefresh() {
    if (refreshDue.compareAndSet(false, true)) {
      scheduler.schedule(Duration.ZERO, this::refresh);
    }
  }

  private void refresh() {
    refreshDue.set(false);
    if (publishNewest()) {
      onPublished.run();
    }
  }

  /** Under the lock, since a scheduler that was handed in may have several threads. */
  private synchronized boolean publishNewest() {
    List<ServiceInstance> instances = newest.getAndSet(null);
    if (instances != null) {
      if (table.reconcile(instances)) {
        suspected.set(true); // one that has come back may still be out
      }
      listed = true;
    }
    if (closed || !listed) {
      return false;
    }
    List<LiveEndpoint> endpoints = table.endpoints();
    boolean toJudge = suspected.getAndSet(false) || ejector.isAnyOut();
    long next = toJudge ? ejector.judge(table.healths(), scheduler.nanoTime()) : Long.MAX_VALUE;
    Published before = published;
    double[] nominal = new double[endpoints.size()];
    double[] effective = admission.admit(endpoints, nominal);
    Route route = router.route(endpoints, nominal, effective, before == null ? null : before.route);
    publish(route, before == null);
    letBackIn = cancelled(letBackIn);
    if (next != Long.MAX_VALUE) {
      letBackIn = scheduler.schedule(Duration.ofNanos(next), this::requestRefresh);
    }
    return true;
  }

  private void publish(Route route, boolean first) {
    List<LiveEndpoint> endpoints = table.endpoints();
    boolean thins =
        warmup.apply(endpoints, route, loadFactors(endpoints), scheduler.nanoTime(), first);
    published = new Published(route, thins, random);
    warmer = cancelled(warmer);
    if (loads.isEnabled()) {
      warmer = scheduler.schedule(loads.period(), this::warm);
    } else if (warmup.isWarming()) {
      warmer = scheduler.schedule(warmup.step(), this::warm);
    }
  }

  /** What each endpoint's own reports make of it; null when they do not count. */
  private double @Nullable [] loadFactors(List<LiveEndpoint> endpoints) {
    if (!loads.isEnabled()) {
      return null;
    }
    double[] weights = endpoints.stream().mapToDouble(LiveEndpoint::weight).toArray();
    return loads.factors(endpoints.stream().map(LiveEndpoint::capacity).toList(), weights);
  }

  /** The route stays; who gets which part of it changes. */
  private synchronized void warm() {
    Published current = published;
    if (!closed && current != null) {
      publish(current.route, false);
    }
  }

  private static Scheduler.@Nullable Timer cancelled(Scheduler.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
    return null;
  }

  /** A route and the picker over it, replaced together. */
  private static final class Published {
    private final Route route;
    private final boolean thins;
    private final Picker picker;

    private Published(Route route, boolean thins, RandomGenerator random) {
      this.route = route;
      this.thins = thins;
      this.picker = thinned(route, random);
    }

    /** The picker of this route, or of one that was made of it. */
    private Picker thinned(Route some, RandomGenerator random) {
      return thins
          ? some.picker(side -> new Thinned(side.picker(), side.set(), random))
          : some.picker(Route.Side::picker);
    }
  }
}
