package io.evenkeel.registry;

/**
 * The HTTP headers that carry what another system's wire has no place for. A server that does not
 * know them ignores them; one that does answers with them.
 *
 * <p>A request to register, renew or deregister carries {@link #INCARNATION}, the first two also
 * {@link #TTL}; an answer to the first carries both, as granted. An answer 409 with {@link
 * #INCARNATION} means {@link RegistryException.Superseded}, and the header names the holder.
 */
public final class WireHeaders {
  /** The incarnation, 0 or more, in decimal. */
  public static final String INCARNATION = "Evenkeel-Incarnation";

  /** The TTL in milliseconds. */
  public static final String TTL = "Evenkeel-Ttl";

  /** In the answer to a deregistration: {@code true} or {@code false}, whether it was there. */
  public static final String EXISTED = "Evenkeel-Existed";

  /**
   * In a request for a list: {@code all}, for instances of any status where the dialect would show
   * only the healthy ones.
   */
  public static final String VIEW = "Evenkeel-View";

  private WireHeaders() {}
}
