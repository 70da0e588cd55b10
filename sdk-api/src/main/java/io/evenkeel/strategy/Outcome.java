package io.evenkeel.strategy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended, as far as balancing is concerned. An answer the service meant to give is a
 * success, whatever its content: a 404 is a healthy instance's answer.
 *
 * @param kind what happened
 * @param sent whether the request may have reached the instance; one that was never sent can be
 *     repeated whatever it does
 * @param retryAfter how long the instance asked to be left alone, zero if it did not
 * @param cause what was thrown, if anything was
 */
public record Outcome(Kind kind, boolean sent, Duration retryAfter, @Nullable Throwable cause) {

  /** What happened to an attempt. */
  public enum Kind {
    /** The instance answered. */
    SUCCESS,
    /** The instance failed: refused, reset, or answered with a server error. */
    FAILURE,
    /** The instance said that it has too much to do. */
    OVERLOAD,
    /** No answer within the attempt's time. */
    TIMEOUT,
    /** It failed on our side; says nothing about the instance. */
    LOCAL,
    /** The caller lost interest; says nothing about the instance. */
    CANCELLED
  }

  private static final Outcome SUCCESS = new Outcome(Kind.SUCCESS, true, Duration.ZERO, null);
  private static final Outcome CANCELLED = new Outcome(Kind.CANCELLED, true, Duration.ZERO, null);
  private static final Outcome TIMEOUT = new Outcome(Kind.TIMEOUT, true, Duration.ZERO, null);

  /** The instance answered. */
  public static Outcome success() {
    return SUCCESS;
  }

  /** The instance failed after the request may have reached it. */
  public static Outcome failure(@Nullable Throwable cause) {
    return new Outcome(Kind.FAILURE, true, Duration.ZERO, cause);
  }

  /** No connection could be made, so the request never left. */
  public static Outcome unreachable(Throwable cause) {
    return new Outcome(Kind.FAILURE, false, Duration.ZERO, cause);
  }

  /** The instance said that it has too much to do, and for how long it wants to be left alone. */
  public static Outcome overload(Duration retryAfter) {
    return new Outcome(Kind.OVERLOAD, true, retryAfter, null);
  }

  /** No answer within the attempt's time. */
  public static Outcome timeout() {
    return TIMEOUT;
  }

  /** It failed on our side before anything was sent. */
  public static Outcome local(Throwable cause) {
    return new Outcome(Kind.LOCAL, false, Duration.ZERO, cause);
  }

  /** The caller lost interest. */
  public static Outcome cancelled() {
    return CANCELLED;
  }

  /** Whether the instance answered as it should. */
  public boolean isSuccess() {
    return kind == Kind.SUCCESS;
  }

  /** Whether this speaks against the instance; a cancelled or local failure never does. */
  public boolean blamesEndpoint() {
    return kind == Kind.FAILURE || kind == Kind.OVERLOAD || kind == Kind.TIMEOUT;
  }
}
