package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.TimeSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One try of one call on one endpoint. It ends exactly once: the first of {@link #complete}, {@link
 * #close}, its timeout and its call's cancellation decides, everything later is a no-op. One that
 * is closed without an outcome was cancelled; one that is forgotten is ended by its timeout and
 * counts as a timeout. Safe from any thread.
 */
public final class Attempt implements AutoCloseable {
  private static final VarHandle OUTCOME;
  private static final VarHandle ABORT;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(Attempt.class, "outcome", Outcome.class);
      ABORT = MethodHandles.lookup().findVarHandle(Attempt.class, "abort", Runnable.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final LiveEndpoint endpoint;
  private final TimeSource time;
  private final int number;
  private final long deadline; // nanoTime
  private final long begunAt; // nanoTime
  private final @Nullable Owner owner;
  private final long token;

  @Nullable Attempt nextOpen; // owned by OpenAttempts
  private volatile boolean settled; // by the owner: there is nothing left to expire
  private volatile @Nullable Outcome outcome; // set once, through OUTCOME
  private volatile @Nullable Runnable abort; // set by the transport, taken once through ABORT
  private volatile Supplier<Outcome> onTimeout = Outcome::timeout; // set by the transport
  private volatile boolean aborted; // set before abort is taken, read after it is set

  /** The call that an attempt belongs to. */
  interface Owner {
    /** Ends the attempt; false when it was answered before. */
    boolean end(Attempt attempt, Outcome reason);

    /**
     * Whether the call goes on with another attempt when this one ends as a timeout now. It is in
     * the retry budget from then on, so nothing that waits is given up for an attempt not allowed.
     */
    boolean claimRepeat(Attempt attempt);
  }

  private Attempt(
      LiveEndpoint endpoint, TimeSource time, int number, long deadline, @Nullable Owner owner) {
    this.endpoint = endpoint;
    this.time = time;
    this.number = number;
    this.deadline = deadline;
    this.begunAt = time.nanoTime();
    this.owner = owner;
    this.token = endpoint.begin();
  }

  static Attempt begin(
      LiveEndpoint endpoint, TimeSource time, int number, long deadline, @Nullable Owner owner) {
    return new Attempt(endpoint, time, number, deadline, owner);
  }

  /** Where to send it. */
  public ServiceInstance instance() {
    return endpoint.instance();
  }

  /** The endpoint that takes it. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Which attempt of its call this is, from 0. */
  public int number() {
    return number;
  }

  /** What is left of its time; zero when it is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - time.nanoTime()));
  }

  /** How it ended, null while it has not. */
  public @Nullable Outcome outcome() {
    return outcome;
  }

  /** The instance has said, with its answer, how loaded it is. Any number of times. */
  public void report(LoadReport report) {
    endpoint.report(report);
  }

  /**
   * Ends it.
   *
   * @return whether this call decided the outcome
   */
  public boolean complete(Outcome result) {
    Objects.requireNonNull(result, "outcome: null (expected: how the attempt ended)");
    if (!OUTCOME.compareAndSet(this, null, result)) {
      return false;
    }
    endpoint.end(token, result, begunAt, time.nanoTime());
    return true;
  }

  /** Ends it as cancelled, unless it has ended; and tells the transport to stop. */
  @Override
  public void close() {
    if (complete(Outcome.cancelled())) {
      abortTransport();
    }
  }

  /**
   * What the transport wants done when the attempt is ended by its timeout or by {@link #close}:
   * free the connection. Runs at most once, at once when that has happened already. The last one
   * set counts.
   */
  public void onAbort(Runnable action) {
    abort = action;
    if (aborted) {
      abortTransport();
    }
  }

  /**
   * What the end of its time means, {@link Outcome#timeout()} unless set: for a transport that
   * knows whether it has sent anything. Called on the scheduler's thread; when it has answered that
   * nothing was sent, nothing may be sent any more. It must not throw.
   */
  public void onTimeout(Supplier<Outcome> meaning) {
    onTimeout = meaning;
  }

  private void abortTransport() {
    aborted = true;
    Runnable action = abort;
    if (action != null && ABORT.compareAndSet(this, action, null)) {
      action.run();
    }
  }

  /** The owner has heard the end; the timeout no longer matters. */
  void settle() {
    settled = true;
  }

  boolean isOver() {
    return settled || (owner == null && outcome != null);
  }

  boolean isOverdue(long now) {
    return now - deadline >= 0;
  }

  /** It still waits, and its endpoint may be a black hole. */
  void awaits(long now, long limit) {
    endpoint.awaits(begunAt, now, limit);
  }

  /** Whether it waits for one that answers nothing any more, and may begin elsewhere. */
  boolean isStranded(long now, long limit) {
    return now - begunAt > limit
        && owner != null
        && endpoint.isStalled()
        && owner.claimRepeat(this);
  }

  /**
   * Its time is over, its call was cancelled, or its balancer was closed. The transport is told
   * last, so that what it says of being aborted comes too late to be the answer.
   */
  void endByOwner(Outcome reason) {
    boolean timedOut = outcome == null && reason.kind() == Outcome.Kind.TIMEOUT;
    Outcome meant = timedOut ? onTimeout.get() : reason;
    boolean ended = owner == null ? complete(meant) : owner.end(this, meant);
    if (ended) {
      abortTransport();
    }
  }
}
