package io.evenkeel.server.directory;

import io.evenkeel.model.Lease;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a registration stays without a sign of life.
 *
 * @param ttl the lease in the registry
 * @param keptByServer whether the server itself keeps the lease, because the dialect has none: such
 *     a row stays until it is deregistered or its checks remove it
 * @param lingering how long the dialect still shows a row whose lease ran out, as unhealthy, so
 *     that a late sign of life revives it
 * @param incarnation as the client said; without one the server takes the next
 */
public record Tenure(
    Duration ttl, boolean keptByServer, Duration lingering, OptionalLong incarnation) {
  /** As long as the server runs. */
  public static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** Until the TTL has passed without a renewal. */
  public static Tenure leased(Duration ttl) {
    return new Tenure(ttl, false, Duration.ZERO, OptionalLong.empty());
  }

  /** Until it is deregistered. */
  public static Tenure standing() {
    return new Tenure(Lease.MAX_TTL, true, Duration.ZERO, OptionalLong.empty());
  }

  /** Shown as unhealthy for a while after the lease has run out. */
  public Tenure lingeringFor(Duration duration) {
    return new Tenure(ttl, keptByServer, duration, incarnation);
  }

  /** Of this incarnation. */
  public Tenure of(long givenIncarnation) {
    return new Tenure(ttl, keptByServer, lingering, OptionalLong.of(givenIncarnation));
  }
}
