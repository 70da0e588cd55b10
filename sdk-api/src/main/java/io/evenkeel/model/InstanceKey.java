package io.evenkeel.model;

/**
 * What identifies an instance in a registry.
 *
 * @param service the service's name, 1..255 of {@code [A-Za-z0-9._:@-]}, the first alphanumeric
 * @param id the instance's id, of the same form
 */
public record InstanceKey(String service, String id) {
  /** Checks both names. */
  public InstanceKey {
    Checks.name("service", service);
    Checks.name("id", id);
  }

  /** {@code service/id}, for people. */
  @Override
  public String toString() {
    return service + "/" + id;
  }
}
