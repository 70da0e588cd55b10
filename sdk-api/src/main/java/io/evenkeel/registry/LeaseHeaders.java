package io.evenkeel.registry;

/**
 * The HTTP headers that carry a lease where another system's wire has no place for it. A server
 * that does not know them ignores them.
 *
 * <p>A request to register, renew or deregister carries {@link #INCARNATION}, the first two also
 * {@link #TTL}. An answer to the first carries both, as granted. An answer 409 with {@link
 * #INCARNATION} means {@link RegistryException.Superseded}, and the header names the holder.
 */
public final class LeaseHeaders {
  /** The incarnation, 0 or more, in decimal. */
  public static final String INCARNATION = "Evenkeel-Incarnation";

  /** The TTL in milliseconds. */
  public static final String TTL = "Evenkeel-Ttl";

  private LeaseHeaders() {}
}
