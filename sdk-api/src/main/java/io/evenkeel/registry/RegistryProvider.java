package io.evenkeel.registry;

import java.util.Set;

/**
 * Makes the registries of one backend. Found with {@link java.util.ServiceLoader}: a backend lists
 * its provider in {@code META-INF/services/io.evenkeel.registry.RegistryProvider} and, where it has
 * a module descriptor, there too.
 */
public interface RegistryProvider {

  /** The URI schemes this backend answers for, in lower case and without {@code +https}. */
  Set<String> schemes();

  /**
   * Makes a registry. It does not wait for a server: a registry that is away is heard of through
   * the calls made on it.
   *
   * @throws IllegalArgumentException naming the part of the URI that is not understood
   */
  ServiceRegistry connect(RegistryUri uri);
}
