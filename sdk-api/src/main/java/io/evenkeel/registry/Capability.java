package io.evenkeel.registry;

/** What a registry backend may or may not be able to do. */
public enum Capability {
  /** Accepts registrations; without it the list is fixed. */
  REGISTER,
  /** Keeps leases that are renewed; without it a registrar announces anew to keep alive. */
  RENEW,
  /** Calls listeners on a change; without it the feed polls. */
  WATCH
}
