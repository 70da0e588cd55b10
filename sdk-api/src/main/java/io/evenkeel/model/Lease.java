package io.evenkeel.model;

import java.time.Duration;

/**
 * How long a registration lives without being renewed, and which life of the instance it belongs
 * to.
 *
 * @param ttl 1 s..24 h; the registry drops the instance when it has not been renewed for this long
 * @param incarnation grows with every life of an instance id; of two registrations with one id the
 *     higher incarnation wins and the lower one is told that it was superseded
 */
public record Lease(Duration ttl, long incarnation) {
  /** The shortest TTL. */
  public static final Duration MIN_TTL = Duration.ofSeconds(1);

  /** The longest TTL. */
  public static final Duration MAX_TTL = Duration.ofHours(24);

  /** Checks the bounds. */
  public Lease {
    if (ttl.compareTo(MIN_TTL) < 0 || ttl.compareTo(MAX_TTL) > 0) {
      throw Checks.refused("ttl", ttl, "1 s..24 h");
    }
    if (incarnation < 0) {
      throw Checks.refused("incarnation", incarnation, ">= 0");
    }
  }
}
