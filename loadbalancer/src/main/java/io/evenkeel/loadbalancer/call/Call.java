package io.evenkeel.loadbalancer.call;

import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.strategy.PickContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be done to answer one call. Immutable and reusable.
 *
 * @param idempotent whether doing it twice does no harm, so that an attempt whose outcome is
 *     unknown may be repeated; one that was never sent always may
 * @param attemptTimeout of one attempt, up to 24 h, 5 s by default
 * @param deadline of the whole call, waits included, up to 24 h, 15 s by default
 * @param maxAttempts 1..10, 3 by default
 * @param key what calls have in common that belong on one endpoint; null by default
 * @param filter the instances that suit this call, of those the balancer may use; null, the
 *     default, for all
 * @param preferred the id of the instance to ask first, null, the default, for none. As many
 *     components as there are things to say of a call; each is set by itself
 */
public record Call(
    boolean idempotent,
    Duration attemptTimeout,
    Duration deadline,
    int maxAttempts,
    @Nullable String key,
    @Nullable InstanceFilter filter,
    @Nullable String preferred)
    implements PickContext {
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration LONGEST = Duration.ofHours(24); // no sum of nanoTimes overflows
  // RFC 9110, section 9.2.2
  private static final Set<String> IDEMPOTENT_METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

  /** Checks the bounds. */
  public Call {
    positive("attemptTimeout", attemptTimeout);
    positive("deadline", deadline);
    if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "maxAttempts: " + maxAttempts + " (expected: 1.." + MOST_ATTEMPTS + ")");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0, at most 24 h)");
    }
  }

  /** May be repeated; attempts of 5 s, 15 s in all, 3 attempts. */
  public static Call repeatable() {
    return new Call(true, Duration.ofSeconds(5), Duration.ofSeconds(15), 3, null, null, null);
  }

  /** As {@link #repeatable()}, but only an attempt that was never sent is repeated. */
  public static Call once() {
    return repeatable().withIdempotent(false);
  }

  /** This call for an HTTP method: idempotent as RFC 9110 has it, anything unknown is not. */
  public Call forMethod(String method) {
    return withIdempotent(IDEMPOTENT_METHODS.contains(method.toUpperCase(Locale.ROOT)));
  }

  /** Whether doing it twice does no harm. */
  public Call withIdempotent(boolean isIdempotent) {
    return isIdempotent == idempotent
        ? this
        : new Call(isIdempotent, attemptTimeout, deadline, maxAttempts, key, filter, preferred);
  }

  /** Another bound for one attempt. */
  public Call withAttemptTimeout(Duration timeout) {
    return new Call(idempotent, timeout, deadline, maxAttempts, key, filter, preferred);
  }

  /** Another bound for the whole call. */
  public Call withDeadline(Duration newDeadline) {
    return new Call(idempotent, attemptTimeout, newDeadline, maxAttempts, key, filter, preferred);
  }

  /** Another number of attempts; 1 never retries. */
  public Call withMaxAttempts(int attempts) {
    return new Call(idempotent, attemptTimeout, deadline, attempts, key, filter, preferred);
  }

  /** With a key, for strategies that keep calls with the same key together. */
  public Call withKey(@Nullable String newKey) {
    return new Call(idempotent, attemptTimeout, deadline, maxAttempts, newKey, filter, preferred);
  }

  /**
   * Only to the instances that suit, whatever the balancer does otherwise. When none of them is in
   * rotation the call fails, unless the filter is a {@linkplain InstanceFilter#preferred()
   * preference}.
   */
  public Call withFilter(@Nullable InstanceFilter newFilter) {
    return new Call(idempotent, attemptTimeout, deadline, maxAttempts, key, newFilter, preferred);
  }

  /**
   * First to the instance with this id, as a session belongs where it began. When it is not in
   * rotation, or this call has tried it, the strategy chooses.
   */
  public Call withPreferred(@Nullable String instanceId) {
    return new Call(idempotent, attemptTimeout, deadline, maxAttempts, key, filter, instanceId);
  }
}
