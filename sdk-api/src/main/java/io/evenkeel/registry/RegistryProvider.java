package io.evenkeel.registry;

import java.util.Map;
import java.util.Optional;
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

  /**
   * The URI of the registry that the environment names in the words of another system, such as
   * {@code CONSUL_HTTP_ADDR}; asked by {@link Registries#fromEnvironment} where {@code
   * EVENKEEL_REGISTRY} is not set. None unless the backend knows such a system.
   *
   * @throws IllegalArgumentException naming the variable whose value is not understood
   */
  default Optional<String> uriFrom(Map<String, String> environment) {
    return Optional.empty();
  }
}
