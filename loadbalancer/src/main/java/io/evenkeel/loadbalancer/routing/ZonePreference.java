package io.evenkeel.loadbalancer.routing;

/**
 * Keeps traffic in the caller's zone as far as that zone's instances can carry it. What a zone's
 * callers ask for is taken to be their share of all callers, as far as that is known (see {@link
 * Callers}), else the same in each zone; what its instances can carry is their share of the weight
 * in rotation. A zone that can carry less than its callers ask for sends the difference to the
 * zones with room to spare, in proportion to that room: so every instance ends up with the same
 * load, and as little as possible leaves its zone.
 *
 * <p>Source: Envoy's zone-aware routing, which asks a control plane for what is worked out from the
 * registry here.
 *
 * @param zone the caller's
 * @param minimumEndpoints with fewer than these in rotation zones are ignored, 6 by default as in
 *     Envoy: the fewer there are, the more a zone's share is chance
 */
public record ZonePreference(String zone, int minimumEndpoints) {
  private static final int MINIMUM = 6;

  /** Checks the bounds. */
  public ZonePreference {
    if (zone.isEmpty()) {
      throw new IllegalArgumentException("zone: empty (expected: the name of the caller's zone)");
    }
    if (minimumEndpoints < 1) {
      throw new IllegalArgumentException(
          "zone.minimumEndpoints: " + minimumEndpoints + " (expected: at least 1)");
    }
  }

  /** Prefers a zone when 6 endpoints or more are in rotation. */
  public static ZonePreference of(String zone) {
    return new ZonePreference(zone, MINIMUM);
  }
}
