package io.evenkeel.http.dropin;

/** Where the service's host is taken from, the first that is there. */
public enum HostOrder {
  /** The program, the environment, the machine. */
  ENVIRONMENT_BEFORE_MACHINE,
  /**
   * The program, the machine, the environment: the first generation of system 002, in which the
   * variable is only heard where the machine has no name.
   */
  MACHINE_BEFORE_ENVIRONMENT
}
