package io.evenkeel.registry;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds the backend for a URI, as {@code DriverManager} does for JDBC. Keeps nothing. */
public final class Registries {
  /** The environment variable that holds the registry's URI. */
  public static final String ENVIRONMENT_VARIABLE = "EVENKEEL_REGISTRY";

  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "inmemory", "evenkeel-backend-inmemory",
          "static", "evenkeel-backend-inmemory",
          "hazelcast", "evenkeel-backend-hazelcast",
          "hazelcast-member", "evenkeel-backend-hazelcast",
          "config-service", "evenkeel-backend-http",
          "heartbeat", "evenkeel-backend-http",
          "orchestrator", "evenkeel-backend-http",
          "consul", "evenkeel-backend-http",
          "vertx-discovery", "evenkeel-client-vertx");

  private Registries() {}

  /**
   * Makes a registry for a URI such as {@code inmemory:} or {@code
   * static:orders=10.0.0.1:80,10.0.0.2:80}. Each call makes a new one, which the caller closes. It
   * does not wait for a server.
   *
   * @throws IllegalArgumentException when the URI is not understood, or when no backend on the
   *     class or module path answers for its scheme; the message names the artifact that does
   */
  public static ServiceRegistry connect(String uri) {
    if (uri.contains(" | ") || uri.contains(" & ")) {
      throw new IllegalArgumentException(
          "registry URI: several registries (expected: one; failover and merge are not there yet)");
    }
    RegistryUri parsed = RegistryUri.parse(uri);
    return providers()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.schemes().contains(parsed.scheme()))
        .findFirst()
        .orElseThrow(() -> unknownScheme(parsed.scheme()))
        .connect(parsed);
  }

  /** Those the thread's class loader sees, then those beside this class. */
  private static Stream<ServiceLoader.Provider<RegistryProvider>> providers() {
    return Stream.concat(
        ServiceLoader.load(RegistryProvider.class).stream(),
        ServiceLoader.load(RegistryProvider.class, Registries.class.getClassLoader()).stream());
  }

  /**
   * Makes the registry that {@code EVENKEEL_REGISTRY} names; where that is not set, the one that
   * the variables of another system name (see {@link RegistryProvider#uriFrom}): {@code
   * CONFIG_SERVICE_URL}, {@code SERVICEKIT_ORCHESTRATOR_URL}, {@code REGISTRY_URL}, {@code
   * CONSUL_HTTP_ADDR}, {@code CONSUL_HOST} and {@code CONSUL_PORT}, {@code SERVICE_REGISTRY_HOST}
   * and {@code SERVICE_REGISTRY_PORT}, the first that is set in this order. Blank is not set.
   *
   * @param environment usually {@link System#getenv()}
   * @throws IllegalArgumentException as {@link #connect}, and when none of the variables is set
   */
  public static ServiceRegistry fromEnvironment(Map<String, String> environment) {
    String own = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
    if (!own.isBlank()) {
      return connect(own);
    }
    return providers()
        .map(provider -> provider.get().uriFrom(environment))
        .flatMap(Optional::stream)
        .findFirst()
        .map(Registries::connect)
        .orElseThrow(Registries::notSet);
  }

  private static IllegalArgumentException notSet() {
    return new IllegalArgumentException(
        ENVIRONMENT_VARIABLE
            + ": not set (expected: a registry URI such as inmemory:, or with evenkeel-backend-http"
            + " one of CONFIG_SERVICE_URL, SERVICEKIT_ORCHESTRATOR_URL, REGISTRY_URL,"
            + " CONSUL_HTTP_ADDR, CONSUL_HOST, SERVICE_REGISTRY_HOST)");
  }

  private static IllegalArgumentException unknownScheme(String scheme) {
    String artifact = ARTIFACTS.get(scheme);
    return new IllegalArgumentException(
        "registry URI: no backend for scheme "
            + scheme
            + (artifact == null
                ? " (expected: one of " + new TreeSet<>(ARTIFACTS.keySet()) + ")"
                : " (expected: io.evenkeel:" + artifact + " on the class path)"));
  }
}
