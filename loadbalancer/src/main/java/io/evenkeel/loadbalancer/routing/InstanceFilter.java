package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;

/**
 * Says which instances suit. Those made here are equal when they say the same, so that what a
 * balancer works out for one serves every call with an equal one; a lambda is only equal to itself,
 * so make it once. Must be a pure function, safe from any thread, that does not throw: as long as a
 * balancer's filter throws, its routes stay as they were, and a call's filter fails the call.
 */
@FunctionalInterface
public interface InstanceFilter {

  /** Whether the instance suits. */
  boolean matches(ServiceInstance instance);

  /** Whether all instances suit when none does; false unless made by {@link #preferred()}. */
  default boolean isPreference() {
    return false;
  }

  /** Every instance. */
  static InstanceFilter all() {
    return Filters.All.INSTANCE;
  }

  /** Those that have the tag. */
  static InstanceFilter tag(String tag) {
    return new Filters.Tag(tag);
  }

  /** Those of the zone. */
  static InstanceFilter zone(String zone) {
    return new Filters.Zone(zone);
  }

  /** Those of the version or a version below it: {@code 2} suits 2, 2.0 and 2.1.7, and not 20. */
  static InstanceFilter version(String version) {
    return new Filters.Version(version);
  }

  /** Those whose metadata has the value under the key. */
  static InstanceFilter metadata(String key, String value) {
    return new Filters.Metadata(key, value);
  }

  /**
   * Reads conditions that must all be met, with commas between them: {@code tag=blue}, {@code
   * zone=a}, {@code version=2}, {@code metadata.key=value}; an exclamation mark before one negates
   * it, a question mark at the very end makes it a {@linkplain #preferred() preference}. Nothing
   * stands for all instances.
   *
   * @throws IllegalArgumentException naming the condition that is not understood
   */
  static InstanceFilter parse(String text) {
    return Filters.parse(text);
  }

  /** Those that suit both. */
  default InstanceFilter and(InstanceFilter other) {
    return new Filters.Both(this, other);
  }

  /** Those that do not suit this. */
  default InstanceFilter negate() {
    return new Filters.Not(this);
  }

  /** This, but all instances suit when none of those in rotation does. */
  default InstanceFilter preferred() {
    return new Filters.Preferred(this);
  }
}
