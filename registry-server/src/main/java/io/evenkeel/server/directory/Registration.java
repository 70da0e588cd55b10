package io.evenkeel.server.directory;

import io.evenkeel.model.ServiceInstance;
import java.util.List;

/**
 * An instance as a dialect hands it in.
 *
 * @param instance with the status that it says of itself
 * @param wireId what identifies it in dialects whose ids are unique over all services
 * @param document the record of the dialect that nothing else can hold, as text; empty if there is
 *     none
 * @param owner whose token registered it
 * @param movesId whether an id that belongs to another service of this owner moves here, instead of
 *     being refused
 */
public record Registration(
    ServiceInstance instance,
    String wireId,
    String document,
    Tenure tenure,
    List<CheckDefinition> checks,
    String owner,
    boolean movesId) {

  /** Stands between service and id where an id must be unique over all services. */
  public static final char QUALIFIER = '~';

  /** The host of an instance that no address is known of; RFC 2606 keeps it from existing. */
  public static final String NOWHERE = "unaddressable.invalid";

  /** Copies the checks. */
  public Registration {
    checks = List.copyOf(checks);
  }

  /** The wire id of an instance that has said nothing else. */
  public static String qualified(String service, String id) {
    return service + QUALIFIER + id;
  }
}
