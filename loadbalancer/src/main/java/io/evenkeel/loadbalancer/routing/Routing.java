package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.ServiceInstance;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where a balancer's traffic may go, before the strategy chooses. Immutable; begins with {@link
 * #everywhere()}. What is set composes in this order: the filter leaves instances out, canaries get
 * their share, then tiers, then zones divide what there is, and of each part one client uses a
 * subset. As many components as there are things to say.
 *
 * @param filter the instances that may take traffic at all
 * @param weight of an instance, finite and at least 0, where 0 takes none; the registry's own
 *     unless set, and also when the function fails
 * @param canary a fixed share for some, or null
 * @param tiers some before others, or null
 * @param zone the caller's zone first, or null
 * @param subset how many of them this client uses
 * @param slowStart how those that enter are warmed up
 * @param self the instance this process announces, or null: with it the other callers are known, as
 *     zones and apertures like it
 */
public record Routing(
    InstanceFilter filter,
    ToDoubleFunction<ServiceInstance> weight,
    @Nullable Canary canary,
    @Nullable Tiers tiers,
    @Nullable ZonePreference zone,
    Subset subset,
    SlowStart slowStart,
    @Nullable InstanceKey self) {

  /** All instances, by the registry's weights, with slow start. */
  public static Routing everywhere() {
    return new Routing(
        InstanceFilter.all(),
        ServiceInstance::weight,
        null,
        null,
        null,
        Subset.none(),
        SlowStart.defaults(),
        null);
  }

  /** Only to those that suit. */
  public Routing only(InstanceFilter which) {
    return new Routing(which, weight, canary, tiers, zone, subset, slowStart, self);
  }

  /** By weights of one's own, for instance by version. */
  public Routing weighted(ToDoubleFunction<ServiceInstance> by) {
    return new Routing(filter, by, canary, tiers, zone, subset, slowStart, self);
  }

  /** With a fixed share for canaries. */
  public Routing withCanary(InstanceFilter instances, double share) {
    Canary some = new Canary(instances, share);
    return new Routing(filter, weight, some, tiers, zone, subset, slowStart, self);
  }

  /** Some before others. */
  public Routing withTiers(Tiers order) {
    return new Routing(filter, weight, canary, order, zone, subset, slowStart, self);
  }

  /** First to the caller's zone. */
  public Routing inZone(String own) {
    return inZone(ZonePreference.of(own));
  }

  /** First to the caller's zone. */
  public Routing inZone(ZonePreference own) {
    return new Routing(filter, weight, canary, tiers, own, subset, slowStart, self);
  }

  /** To a subset. */
  public Routing withSubset(Subset some) {
    return new Routing(filter, weight, canary, tiers, zone, some, slowStart, self);
  }

  /** Warmed up otherwise. */
  public Routing withSlowStart(SlowStart start) {
    return new Routing(filter, weight, canary, tiers, zone, subset, start, self);
  }

  /** By a process that announces this instance in the same registry. */
  public Routing as(InstanceKey announced) {
    return new Routing(filter, weight, canary, tiers, zone, subset, slowStart, announced);
  }

  /** Whether it matters who else calls. */
  public boolean wantsCallers() {
    return self != null && (zone != null || subset instanceof Subset.Aperture);
  }

  /** Whether all that suit the filter are treated alike. */
  boolean isUndivided() {
    return canary == null && tiers == null && zone == null && subset instanceof Subset.All;
  }
}
