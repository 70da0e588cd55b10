package io.evenkeel.http.engine;

import io.evenkeel.model.Lease;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.WireHeaders;
import java.time.Duration;
import java.util.OptionalLong;

/** A lease in {@link WireHeaders}, on its way out and back. */
public final class LeaseHeaders {
  private LeaseHeaders() {}

  /** A request to register or renew under this lease. */
  public static Call ask(Call call, Lease lease) {
    return call.withHeader(WireHeaders.INCARNATION, Long.toString(lease.incarnation()))
        .withHeader(WireHeaders.TTL, Long.toString(lease.ttl().toMillis()));
  }

  /** A request to deregister this incarnation. */
  public static Call end(Call call, long incarnation) {
    return incarnation == ServiceRegistry.ANY_INCARNATION
        ? call
        : call.withHeader(WireHeaders.INCARNATION, Long.toString(incarnation));
  }

  /** A request for instances of any status. */
  public static Call all(Call call) {
    return call.withHeader(WireHeaders.VIEW, "all");
  }

  /**
   * The lease that an answer grants.
   *
   * @param foreignTtl what a server grants that knows no TTLs but its own
   */
  public static Lease granted(Answer answer, Lease asked, Duration foreignTtl) {
    OptionalLong ttl = answer.number(WireHeaders.TTL);
    long incarnation = answer.number(WireHeaders.INCARNATION).orElse(asked.incarnation());
    if (ttl.isEmpty()) {
      return new Lease(foreignTtl, incarnation);
    }
    try {
      return new Lease(Duration.ofMillis(ttl.getAsLong()), incarnation);
    } catch (IllegalArgumentException e) {
      throw answer.protocol("a TTL of " + ttl.getAsLong() + " ms", "1 s..24 h");
    }
  }
}
