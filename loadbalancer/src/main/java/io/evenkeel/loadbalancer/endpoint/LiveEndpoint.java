package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.health.EndpointHealth;
import io.evenkeel.loadbalancer.health.Suspicion;
import io.evenkeel.loadbalancer.load.ReportedCapacity;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of one balancer, from the first list that names its address to the end of its last
 * attempt. {@link #begin} and {@link #end} are on the request path, from any thread.
 */
public final class LiveEndpoint implements Endpoint {
  private static final VarHandle IN_FLIGHT;

  static {
    try {
      IN_FLIGHT = MethodHandles.lookup().findVarHandle(LiveEndpoint.class, "inFlight", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Tracker tracker;
  private final EndpointHealth health;
  private final ReportedCapacity capacity;
  private final Runnable onSuspicion;

  private volatile ServiceInstance instance; // written on the rotation's thread
  private volatile double weight; // likewise; 0 while it takes no traffic
  private volatile double factor = 1; // likewise; above 0, of what the strategy would give it
  private volatile int inFlight; // changed by any thread, through IN_FLIGHT

  private boolean taking; // traffic; this and the next: guarded by the rotation
  private long enteredAt;

  LiveEndpoint(
      ServiceInstance instance,
      @Nullable Tracker tracker,
      EndpointHealth health,
      ReportedCapacity capacity,
      Runnable onSuspicion) {
    this.instance = instance;
    this.tracker = tracker;
    this.health = health;
    this.capacity = capacity;
    this.onSuspicion = onSuspicion;
  }

  @Override
  public ServiceInstance instance() {
    return instance;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public @Nullable Tracker tracker() {
    return tracker;
  }

  double weight() {
    return weight;
  }

  void setWeight(double value) {
    if (weight != value) { // a volatile write costs more than all else an update does here
      weight = value;
    }
  }

  double factor() {
    return factor;
  }

  void setFactor(double value) {
    if (factor != value) {
      factor = value;
    }
  }

  /**
   * It takes traffic from now on, or not; the moment counts when it did not before.
   *
   * @return when it entered
   */
  long enter(boolean takes, long moment) {
    if (takes && !taking) {
      enteredAt = moment;
    }
    taking = takes;
    return enteredAt;
  }

  long enteredAt() {
    return enteredAt;
  }

  /** An attempt begins; hand the token to {@link #end}, once. */
  public long begin() {
    IN_FLIGHT.getAndAdd(this, 1);
    if (tracker == null) {
      return 0;
    }
    boolean begun = false;
    try {
      long token = tracker.begin();
      begun = true;
      return token;
    } finally {
      if (!begun) {
        IN_FLIGHT.getAndAdd(this, -1);
      }
    }
  }

  /** The attempt that got this token has ended; how long it took is not known. */
  public void end(long token, Outcome outcome) {
    end(token, outcome, 0, -1);
  }

  /**
   * The attempt that got this token has ended.
   *
   * @param begunAt when it began, a monotonic reading in nanoseconds
   * @param now the same clock's reading now
   */
  public void end(long token, Outcome outcome, long begunAt, long now) {
    IN_FLIGHT.getAndAdd(this, -1);
    if (health.record(outcome, now - begunAt, now)) {
      onSuspicion.run();
    }
    if (tracker != null) {
      tracker.end(token, outcome); // last: when it throws, all else is done
    }
  }

  /** The instance has said how loaded it is. Any thread. */
  public void report(LoadReport report) {
    capacity.report(report);
    if (tracker != null) {
      tracker.report(report);
    }
  }

  /**
   * An attempt that began at a moment still waits for an answer.
   *
   * @param limit nanoseconds without an answer that make a black hole
   */
  public void awaits(long begunAt, long now, long limit) {
    if (health.awaits(begunAt, now, limit)) {
      onSuspicion.run();
    }
  }

  /** Whether it is left out because it no longer answers. */
  public boolean isStalled() {
    return health.isEjected() && health.suspicion() == Suspicion.STALLED;
  }

  ReportedCapacity capacity() {
    return capacity;
  }

  EndpointHealth health() {
    return health;
  }

  /** Takes the instance's newest description over; id and address are the same. */
  void update(ServiceInstance newest) {
    if (isThat(newest)) {
      return;
    }
    instance = newest;
  }

  @SuppressWarnings("ReferenceEquality") // most of a new list are the objects of the last one
  private boolean isThat(ServiceInstance other) {
    return instance == other;
  }

  /** A process is known by its id and its address: at another address it is another one. */
  boolean isSameProcess(ServiceInstance other) {
    if (isThat(other)) {
      return true;
    }
    ServiceInstance known = instance;
    return known.port() == other.port()
        && known.id().equals(other.id())
        && known.host().equals(other.host())
        && known.scheme().equals(other.scheme());
  }

  @Override
  public String toString() {
    return instance.id() + " (" + inFlight + " in flight)";
  }
}
