package io.evenkeel.registry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A backend that knows another system's variable, and connects to nothing. */
public final class OtherSystemProvider implements RegistryProvider {
  /** For the service loader. */
  public OtherSystemProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("other");
  }

  @Override
  public ServiceRegistry connect(RegistryUri uri) {
    throw new IllegalArgumentException(uri + ": not there");
  }

  @Override
  public Optional<String> uriFrom(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("OTHER_SYSTEM")).map(host -> "other:" + host);
  }
}
