package io.evenkeel.http.dropin;

import io.evenkeel.registry.RegistryUri;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where a system's registry is: the program, then its variables, then what is usual there. */
final class RegistryChoice {
  /** Ours has a scheme of its own before the slashes; {@code consul:8500} is a host. */
  private static final Pattern OUR_URI =
      Pattern.compile("(?:inmemory:|(?!(?i:https?|tcp)://)[a-z-]+(?:\\+https)?://).*");

  private RegistryChoice() {}

  static Plan.Target of(Dropin dropin, Variables env) {
    if (OUR_URI.matcher(dropin.registry).matches()) {
      return new Plan.Target(dropin.registry, RegistryUri.parse(dropin.registry).toString());
    }
    RegistryAddress at = address(dropin, env).with("timeout", dropin.timeout.toMillis() + "ms");
    return new Plan.Target(at.uri(), at.shown());
  }

  private static RegistryAddress address(Dropin dropin, Variables env) {
    Optional<String> given = Optional.of(dropin.registry).filter(text -> !text.isEmpty());
    return switch (dropin.profile.kind()) {
      case CONFIG_SERVICE ->
          given
              .map(url -> EnvironmentUris.configService("registry", url))
              .or(() -> EnvironmentUris.configService(env))
              .orElseGet(
                  () -> EnvironmentUris.configService("default", "http://config-service:8082"))
              .with("token", dropin.token);
      case SERVICEKIT -> servicekit(dropin, given, env);
      case HEARTBEAT ->
          given
              .map(url -> EnvironmentUris.heartbeat("registry", url))
              .or(() -> EnvironmentUris.heartbeat(env))
              .orElseGet(() -> EnvironmentUris.heartbeat("default", "http://localhost:8006"))
              .with("token", dropin.token);
      case CONSUL_REGISTRY ->
          consul(
              dropin,
              given,
              env,
              () -> EnvironmentUris.consulAt(env, "CONSUL_HOST", "CONSUL_PORT"));
      case SERVICE_DISCOVERY ->
          consul(
              dropin,
              given,
              env,
              () ->
                  EnvironmentUris.consulAt(env, "SERVICE_REGISTRY_HOST", "SERVICE_REGISTRY_PORT"));
    };
  }

  private static RegistryAddress servicekit(Dropin dropin, Optional<String> given, Variables env) {
    String variable = env.name("SERVICEKIT_ORCHESTRATOR_URL");
    RegistryAddress at =
        given
            .map(url -> EnvironmentUris.servicekit("registry", url))
            .or(() -> EnvironmentUris.servicekit(env))
            .orElseThrow(
                () ->
                    Unresolved.missing(
                        "registration.missing_orchestrator_url", "orchestrator URL", variable));
    String key = env.text("SERVICEKIT_REGISTRATION_KEY").orElse("");
    return at.with("service-key", dropin.token.isEmpty() ? key : dropin.token);
  }

  /** The agent asks the instance, as these systems have it; a lease of its own there is not. */
  private static RegistryAddress consul(
      Dropin dropin, Optional<String> given, Variables env, Supplier<RegistryAddress> own) {
    return given
        .map(address -> EnvironmentUris.consul(env, "registry", address))
        .or(() -> EnvironmentUris.consulAddress(env))
        .orElseGet(own)
        .with("token", dropin.token)
        .with("check", "http")
        .with("deregister-after", dropin.deregisterAfter.toSeconds() + "s");
  }
}
