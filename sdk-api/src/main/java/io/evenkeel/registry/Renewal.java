package io.evenkeel.registry;

/** A registry's answer to a renewal. */
public enum Renewal {
  /** The lease lives for another TTL. */
  RENEWED,
  /** The registry does not know the registration, or no longer: register again. */
  UNKNOWN
}
