package io.evenkeel.server.directory;

import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * Copies the checks.
   *
   * @throws IllegalArgumentException when the instance uses the server's own metadata keys
   */
  public Registration {
    Sealed.requireNone(instance);
    checks = List.copyOf(checks);
  }

  /** The same with other checks. */
  Registration checkedBy(List<CheckDefinition> others) {
    return new Registration(instance, wireId, document, tenure, others, owner, movesId);
  }

  /** This registration, with the instance's own health check among its checks if none is polled. */
  Registration withOwnCheck() {
    Optional<CheckDefinition> own = OwnCheck.of(instance, wireId);
    if (own.isEmpty() || checks.stream().anyMatch(check -> check.kind().isPolled())) {
      return this;
    }
    List<CheckDefinition> all = new ArrayList<>(checks);
    all.add(own.get());
    return checkedBy(all);
  }

  /** The id of the check that the lease stands for: of a leased instance the first with a TTL. */
  Optional<String> leaseCheck() {
    return tenure.keptByServer()
        ? Optional.empty()
        : checks.stream()
            .filter(check -> check.kind() == CheckDefinition.Kind.TTL)
            .map(CheckDefinition::id)
            .findFirst();
  }

  /** How long it may be down before it is deregistered; zero for ever. */
  Duration patience() {
    return checks.stream()
        .map(CheckDefinition::deregisterAfter)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .filter(patience -> tenure.keptByServer())
        .orElse(Duration.ZERO);
  }

  /** What the check says that the lease stands for; nothing if its id cannot be sealed in. */
  LeaseWord leaseWord(List<CheckState> states) {
    String id = leaseCheck().filter(name -> name.length() <= LeaseWord.MAX_ID).orElse("");
    return states.stream()
        .filter(check -> check.definition().id().equals(id))
        .findFirst()
        .map(check -> new LeaseWord(id, check.status(), tenure.ttl()))
        .orElse(LeaseWord.NONE);
  }

  /** The wire id of an instance that has said nothing else. */
  public static String qualified(String service, String id) {
    return service + QUALIFIER + id;
  }
}
