package io.evenkeel.loadbalancer.call;

import org.jspecify.annotations.Nullable;

/** Why a call failed before, between or instead of its attempts. */
public abstract sealed class CallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CallException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** No endpoint is in rotation. */
  public static final class NoInstance extends CallException {
    private static final long serialVersionUID = 1L;

    /** Names the service and says what is known of it. */
    public NoInstance(String message) {
      super(message, null);
    }
  }

  /**
   * The attempt, and with it the call, took too long; the cause is the error of the attempt before.
   */
  public static final class TimedOut extends CallException {
    private static final long serialVersionUID = 1L;

    /** Names the service, the instance and the time. */
    public TimedOut(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The balancer was closed. */
  public static final class Closed extends CallException {
    private static final long serialVersionUID = 1L;

    /** Names the service. */
    public Closed(String message) {
      super(message, null);
    }
  }
}
