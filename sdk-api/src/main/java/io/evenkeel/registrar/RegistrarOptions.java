package io.evenkeel.registrar;

import io.evenkeel.model.Lease;
import io.evenkeel.time.Backoff;
import java.time.Duration;

/**
 * The times and habits of a {@link Registrar}. Immutable; start from {@link #defaults()}.
 *
 * @param ttl of the lease, 1 s..24 h; 15 s by default, half of what the systems we are compatible
 *     with use, since a missing renewal is the only sign of a crash
 * @param renewInterval more than zero and less than the TTL; a third of the TTL by default, so that
 *     two renewals may be lost. A third of the granted TTL where that is shorter than the asked-for
 *     one. Every wait is varied by ±10 %
 * @param callDeadline how long one registry call may take, 3 s by default
 * @param backoff between tries while the registry is away, up to 1 s doubling up to 5 s by default,
 *     so that a returning registry is whole again within seconds
 * @param attempts how many first registrations may fail before it stops; 0, the default, tries for
 *     ever
 * @param deregisterOnShutdown withdraw when the JVM shuts down without {@link Registrar#close()};
 *     false by default, since a library should not install shutdown hooks unasked
 */
public record RegistrarOptions(
    Duration ttl,
    Duration renewInterval,
    Duration callDeadline,
    Backoff backoff,
    int attempts,
    boolean deregisterOnShutdown) {
  private static final Duration DEFAULT_TTL = Duration.ofSeconds(15);

  /** Checks that the times fit each other. */
  public RegistrarOptions {
    ttl = new Lease(ttl, 0).ttl(); // the lease knows the bounds
    if (renewInterval.isZero() || renewInterval.isNegative() || renewInterval.compareTo(ttl) >= 0) {
      throw new IllegalArgumentException(
          "renewInterval: " + renewInterval + " (expected: > 0 and < ttl, " + ttl + ")");
    }
    if (callDeadline.isZero() || callDeadline.isNegative()) {
      throw new IllegalArgumentException("callDeadline: " + callDeadline + " (expected: > 0)");
    }
    if (attempts < 0) {
      throw new IllegalArgumentException(
          "attempts: " + attempts + " (expected: >= 0; 0 tries for ever)");
    }
  }

  /** TTL 15 s, renewed every 5 s, calls within 3 s, tries for ever. */
  public static RegistrarOptions defaults() {
    return new RegistrarOptions(
        DEFAULT_TTL,
        DEFAULT_TTL.dividedBy(3),
        Duration.ofSeconds(3),
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5)),
        0,
        false);
  }

  /** Another TTL, renewed every third of it. */
  public RegistrarOptions withTtl(Duration newTtl) {
    return new RegistrarOptions(
        newTtl, newTtl.dividedBy(3), callDeadline, backoff, attempts, deregisterOnShutdown);
  }

  /** Another time between renewals. */
  public RegistrarOptions withRenewInterval(Duration interval) {
    return new RegistrarOptions(
        ttl, interval, callDeadline, backoff, attempts, deregisterOnShutdown);
  }

  /** Another bound for one registry call. */
  public RegistrarOptions withCallDeadline(Duration deadline) {
    return new RegistrarOptions(
        ttl, renewInterval, deadline, backoff, attempts, deregisterOnShutdown);
  }

  /** Another backoff while the registry is away. */
  public RegistrarOptions withBackoff(Backoff newBackoff) {
    return new RegistrarOptions(
        ttl, renewInterval, callDeadline, newBackoff, attempts, deregisterOnShutdown);
  }

  /** Another number of first registrations that may fail before it stops; 0 tries for ever. */
  public RegistrarOptions withAttempts(int newAttempts) {
    return new RegistrarOptions(
        ttl, renewInterval, callDeadline, backoff, newAttempts, deregisterOnShutdown);
  }

  /** Whether the first failure stops it: one attempt, or tries for ever. */
  public RegistrarOptions withFailFast(boolean fail) {
    return withAttempts(fail ? 1 : 0);
  }

  /** Whether a JVM shutdown withdraws the instance. */
  public RegistrarOptions withDeregisterOnShutdown(boolean deregister) {
    return new RegistrarOptions(ttl, renewInterval, callDeadline, backoff, attempts, deregister);
  }
}
