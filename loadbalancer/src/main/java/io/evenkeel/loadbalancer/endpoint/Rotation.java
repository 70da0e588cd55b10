package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.health.Ejector;
import io.evenkeel.loadbalancer.health.EndpointHealth;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who takes traffic now. The cold half, one refresh at a time, on the scheduler's thread: the
 * newest list is reconciled, health is judged, and a new picker over those in rotation is published
 * through one volatile field. The hot half, {@link #pick}, reads that field and nothing else.
 *
 * <p>An endpoint is in rotation when its instance is UP with a weight above 0 and it is not
 * ejected. When fewer than half of those that are UP would be left, health is not believed and all
 * of them take traffic (panic, as Envoy has it). Changes that arrive while a refresh waits or runs
 * are taken together by the next one.
 */
public final class Rotation {
  private static final double PANIC_BELOW = 0.5;
  private static final int TRIES_TO_AVOID = 3;

  private final BalancingStrategy strategy;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final EndpointTable table; // guarded by this
  private final Ejector ejector; // guarded by this
  private final AtomicBoolean refreshDue = new AtomicBoolean();
  private final Runnable onPublished;

  private Scheduler.@Nullable Timer letBackIn; // guarded by this
  private boolean closed; // guarded by this
  private volatile @Nullable List<ServiceInstance> newest; // written by any thread
  private volatile @Nullable Published published; // written under the lock

  /**
   * A rotation that has published nothing yet.
   *
   * @param onPublished runs on the scheduler's thread after each new picker
   */
  public Rotation(
      BalancingStrategy strategy,
      EjectionOptions ejection,
      Scheduler scheduler,
      RandomGenerator random,
      Runnable onPublished) {
    this.strategy = strategy;
    this.scheduler = scheduler;
    this.random = random;
    this.onPublished = onPublished;
    this.ejector = new Ejector(ejection, random);
    this.table =
        new EndpointTable(
            instance ->
                new LiveEndpoint(
                    instance,
                    strategy.newTracker(instance),
                    new EndpointHealth(ejection),
                    this::requestRefresh));
  }

  /** Takes a new complete list over, soon. Any thread; of several lists the last one counts. */
  public void accept(List<ServiceInstance> instances) {
    newest = instances;
    requestRefresh();
  }

  /** Whether a first list has been published. */
  public boolean isPublished() {
    return published != null;
  }

  /** The endpoints in rotation, in the strategy's order; none before the first list. */
  public EndpointSet inRotation() {
    Published current = published;
    return current == null ? EndpointSet.of(List.of(), new double[0]) : current.set;
  }

  /** The endpoint the strategy chooses, or null when none is in rotation. */
  public @Nullable LiveEndpoint pick(PickContext context) {
    Published current = published;
    return current == null ? null : (LiveEndpoint) current.picker.pick(context);
  }

  /**
   * As {@link #pick}, but none of those to avoid while another is in rotation: the strategy is
   * asked a few times, then a random one of the others is taken.
   *
   * @param avoid what was tried already; the first {@code count} elements count
   */
  public @Nullable LiveEndpoint pickOther(PickContext context, LiveEndpoint[] avoid, int count) {
    Published current = published;
    if (current == null) {
      return null;
    }
    LiveEndpoint choice = null;
    for (int i = 0; i < TRIES_TO_AVOID; i++) {
      choice = (LiveEndpoint) current.picker.pick(context);
      if (choice == null || !contains(avoid, count, choice)) {
        return choice;
      }
    }
    LiveEndpoint other = anyOther(current.set, avoid, count);
    return other == null ? choice : other;
  }

  private @Nullable LiveEndpoint anyOther(EndpointSet set, LiveEndpoint[] avoid, int count) {
    int start = random.nextInt(set.size());
    for (int i = 0; i < set.size(); i++) {
      LiveEndpoint candidate = (LiveEndpoint) set.get((start + i) % set.size());
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

  /** Publishes nothing more. */
  public synchronized void close() {
    closed = true;
    cancelReturn();
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
    List<ServiceInstance> instances = newest;
    if (closed || instances == null) {
      return false;
    }
    table.reconcile(instances);
    List<LiveEndpoint> endpoints = table.endpoints();
    long next =
        ejector.judge(endpoints.stream().map(LiveEndpoint::health).toList(), scheduler.nanoTime());
    publish(EndpointSet.of(endpoints, weights(endpoints)));
    awaitReturn(next);
    return true;
  }

  private void publish(EndpointSet set) {
    Published before = published;
    Picker picker = strategy.newPicker(set, before == null ? null : before.picker);
    published = new Published(set, picker);
  }

  private void awaitReturn(long nanos) {
    cancelReturn();
    if (nanos != Long.MAX_VALUE) {
      letBackIn = scheduler.schedule(Duration.ofNanos(nanos), this::requestRefresh);
    }
  }

  private void cancelReturn() {
    if (letBackIn != null) {
      letBackIn.cancel();
      letBackIn = null;
    }
  }

  private static double[] weights(List<LiveEndpoint> endpoints) {
    double[] weights = new double[endpoints.size()];
    int up = 0;
    int healthy = 0;
    for (int i = 0; i < weights.length; i++) {
      LiveEndpoint endpoint = endpoints.get(i);
      boolean takesTraffic = endpoint.instance().takesTraffic();
      up += takesTraffic ? 1 : 0;
      healthy += takesTraffic && !endpoint.health().isEjected() ? 1 : 0;
      weights[i] = takesTraffic ? endpoint.instance().weight() : 0;
    }
    boolean panic = healthy < PANIC_BELOW * up;
    for (int i = 0; i < weights.length && !panic; i++) {
      weights[i] = endpoints.get(i).health().isEjected() ? 0 : weights[i];
    }
    return weights;
  }

  /** A set and the picker over it, replaced together. */
  private static final class Published {
    private final EndpointSet set;
    private final Picker picker;

    private Published(EndpointSet set, Picker picker) {
      this.set = set;
      this.picker = picker;
    }
  }
}
