package io.evenkeel.model;

import java.time.Instant;
import java.util.List;

/**
 * The complete list of a service's instances at one moment. There are no deltas above a backend:
 * whoever holds a snapshot holds all there was.
 *
 * @param service the service's name
 * @param revision grows with every change of the list within one source; a smaller one after a
 *     larger one means that the source started anew
 * @param instances of any status, in the source's order, no id twice
 * @param source where the list came from, for people: {@code inmemory:}, {@code disk}, an address
 * @param freshness how far to trust it
 * @param readAt wall clock when it was read from the source
 */
public record ServiceSnapshot(
    String service,
    long revision,
    List<ServiceInstance> instances,
    String source,
    Freshness freshness,
    Instant readAt) {

  /** How far a snapshot may be trusted. */
  public enum Freshness {
    /** What the registry says now. */
    FRESH,
    /** The last good list; the registry has not answered since. */
    STALE,
    /**
     * The last good list; the registry's newer one lacks so many that it is doubted for a while.
     */
    GUARDED
  }

  /** Checks the name and copies the list. */
  public ServiceSnapshot {
    Checks.name("service", service);
    instances = List.copyOf(instances);
  }

  /** This list with another freshness. */
  public ServiceSnapshot withFreshness(Freshness newFreshness) {
    return newFreshness == freshness
        ? this
        : new ServiceSnapshot(service, revision, instances, source, newFreshness, readAt);
  }
}
