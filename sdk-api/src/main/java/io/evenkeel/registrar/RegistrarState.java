package io.evenkeel.registrar;

/** How an announcement stands. */
public enum RegistrarState {
  /** The first registration has not been answered yet. */
  STARTING,
  /** The registry holds the instance. */
  REGISTERED,
  /** The registry does not answer, or lost the instance; it is tried again until it works. */
  RETRYING,
  /** Another process took the id over with a higher incarnation; this one has stopped. Final. */
  SUPERSEDED,
  /** As many first registrations failed as {@code attempts} allows; it has stopped. Final. */
  FAILED,
  /** Closed: the instance is withdrawn, or its lease runs out. Final. */
  DEREGISTERED;

  /** Whether nothing more happens. */
  public boolean isFinal() {
    return this == SUPERSEDED || this == FAILED || this == DEREGISTERED;
  }
}
