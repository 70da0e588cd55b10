package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * Instances that take traffic before others. A tier takes all of it as long as its healthy share,
 * times the over-provisioning, is 1 or more; what it leaves goes to the next.
 *
 * <p>Source: Envoy's priority levels, with its over-provisioning factor of 1.4: a tier may lose two
 * sevenths of its capacity before traffic spills.
 *
 * @param tier of an instance, the lower the sooner
 * @param overProvisioning at least 1; infinite for a tier that takes everything as long as one of
 *     its instances is in rotation
 */
public record Tiers(ToIntFunction<ServiceInstance> tier, double overProvisioning) {
  /** What is left out of a tier's name in the metadata. */
  public static final String METADATA_KEY = "priority";

  private static final double OVER_PROVISIONING = 1.4;

  /** Checks the bounds. */
  public Tiers {
    Objects.requireNonNull(tier, "tiers.tier: null (expected: a function of the instance)");
    if (!(overProvisioning >= 1)) {
      throw new IllegalArgumentException(
          "tiers.overProvisioning: " + overProvisioning + " (expected: at least 1)");
    }
  }

  /**
   * Tiers by the whole number under {@code priority} in an instance's metadata, 0 if there is none;
   * over-provisioned by 1.4.
   */
  public static Tiers byPriority() {
    return new Tiers(Tiers::priority, OVER_PROVISIONING);
  }

  private static int priority(ServiceInstance instance) {
    try {
      return Integer.parseInt(instance.metadata().getOrDefault(METADATA_KEY, "0"));
    } catch (NumberFormatException notANumber) {
      return 0; // an instance that misspells its wish is as good as one without
    }
  }

  /**
   * Failover: the first group of which an instance is in rotation takes all traffic; instances in
   * no group come last. An instance in several counts for the first.
   */
  public static Tiers failover(List<InstanceFilter> groups) {
    List<InstanceFilter> order = List.copyOf(groups);
    return new Tiers(instance -> firstMatch(order, instance), Double.POSITIVE_INFINITY);
  }

  private static int firstMatch(List<InstanceFilter> groups, ServiceInstance instance) {
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).matches(instance)) {
        return i;
      }
    }
    return groups.size();
  }

  /** As these, over-provisioned by another factor. */
  public Tiers withOverProvisioning(double factor) {
    return new Tiers(tier, factor);
  }
}
