package io.evenkeel.http.dropin;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The registry that the environment variables of the five systems name. Ids go over the wire as
 * they are, as those systems' own clients send them.
 */
public final class EnvironmentUris {
  private static final System.Logger LOG = System.getLogger(EnvironmentUris.class.getName());
  private static final int CONSUL_PORT = 8500;
  private static final int CONFIG_SERVICE_PORT = 8082;
  private static final int ORCHESTRATOR_PORT = 9000;
  private static final int HEARTBEAT_PORT = 8006;

  /** A system's variables, the one that people know it by first. */
  private record Source(
      List<String> variables, Function<Variables, Optional<RegistryAddress>> read) {
    boolean isSet(Variables variables) {
      return variables().stream().anyMatch(name -> variables.text(name).isPresent());
    }
  }

  private static final List<Source> SOURCES =
      List.of(
          new Source(List.of("CONFIG_SERVICE_URL"), EnvironmentUris::configService),
          new Source(List.of("SERVICEKIT_ORCHESTRATOR_URL"), EnvironmentUris::servicekit),
          new Source(List.of("REGISTRY_URL"), EnvironmentUris::heartbeat),
          new Source(List.of("CONSUL_HTTP_ADDR"), EnvironmentUris::consulAddress),
          new Source(
              List.of("CONSUL_HOST", "CONSUL_PORT"),
              env -> Optional.of(consulAt(env, "CONSUL_HOST", "CONSUL_PORT"))),
          new Source(
              List.of("SERVICE_REGISTRY_HOST", "SERVICE_REGISTRY_PORT"),
              env -> Optional.of(consulAt(env, "SERVICE_REGISTRY_HOST", "SERVICE_REGISTRY_PORT"))));

  private EnvironmentUris() {}

  /**
   * The URI for the first that is set of {@code CONFIG_SERVICE_URL}, {@code
   * SERVICEKIT_ORCHESTRATOR_URL} (with {@code SERVICEKIT_REGISTRATION_KEY}), {@code REGISTRY_URL},
   * {@code CONSUL_HTTP_ADDR}, {@code CONSUL_HOST} and {@code CONSUL_PORT}, {@code
   * SERVICE_REGISTRY_HOST} and {@code SERVICE_REGISTRY_PORT}; the last three with {@code
   * CONSUL_HTTP_TOKEN} and {@code CONSUL_HTTP_SSL}. Blank is not set. A port that is none counts as
   * 8500, and is logged; so is what is set and not used. The URI may hold a secret.
   *
   * @throws IllegalArgumentException naming the variable whose value is not understood
   */
  public static Optional<String> first(Map<String, String> environment) {
    Variables variables =
        new Variables(environment, Map.of(), problem -> LOG.log(problem.level(), problem::line));
    List<Source> set = SOURCES.stream().filter(source -> source.isSet(variables)).toList();
    if (set.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = set.stream().map(source -> source.variables().get(0)).toList();
    String unused =
        names.size() == 1 ? "" : "; not used: " + String.join(", ", names.subList(1, names.size()));
    LOG.log(Level.INFO, () -> "registry from " + names.get(0) + unused);
    return set.get(0).read().apply(variables).map(RegistryAddress::uri);
  }

  /** System 000's. */
  static Optional<RegistryAddress> configService(Variables env) {
    return env.text("CONFIG_SERVICE_URL").map(url -> configService("CONFIG_SERVICE_URL", url));
  }

  static RegistryAddress configService(String variable, String url) {
    return RegistryAddress.parse("config-service", variable, url, CONFIG_SERVICE_PORT);
  }

  /** System 002's, with the key that registrations are made with. */
  static Optional<RegistryAddress> servicekit(Variables env) {
    return env.text("SERVICEKIT_ORCHESTRATOR_URL")
        .map(url -> servicekit("SERVICEKIT_ORCHESTRATOR_URL", url))
        .map(at -> at.with("service-key", env.text("SERVICEKIT_REGISTRATION_KEY").orElse("")));
  }

  static RegistryAddress servicekit(String variable, String url) {
    return RegistryAddress.parse("orchestrator", variable, url, ORCHESTRATOR_PORT)
        .withoutRegisterPath()
        .with("ids", "plain");
  }

  /** System 003's. */
  static Optional<RegistryAddress> heartbeat(Variables env) {
    return env.text("REGISTRY_URL").map(url -> heartbeat("REGISTRY_URL", url));
  }

  static RegistryAddress heartbeat(String variable, String url) {
    return RegistryAddress.parse("heartbeat", variable, url, HEARTBEAT_PORT).with("ids", "plain");
  }

  /** The variables that python-consul itself reads, whatever host and port it is given. */
  static Optional<RegistryAddress> consulAddress(Variables env) {
    return env.text("CONSUL_HTTP_ADDR").map(at -> consul(env, "CONSUL_HTTP_ADDR", at));
  }

  /** Systems 001's and 004's own variables. */
  static RegistryAddress consulAt(Variables env, String host, String port) {
    return consul(
        env,
        host,
        RegistryAddress.authority(
            env.text(host).orElse("localhost"), env.port(port, CONSUL_PORT).orElse(CONSUL_PORT)));
  }

  static RegistryAddress consul(Variables env, String variable, String address) {
    RegistryAddress at =
        RegistryAddress.parse("consul", variable, address, CONSUL_PORT)
            .withTls(env.isOn("CONSUL_HTTP_SSL"))
            .with("token", env.text("CONSUL_HTTP_TOKEN").orElse(""))
            .with("ids", "plain");
    if (at.tls() && env.isOff("CONSUL_HTTP_SSL_VERIFY")) {
      env.problems().accept(alwaysVerified());
    }
    return at;
  }

  private static RegistrationEvent alwaysVerified() {
    return new RegistrationEvent(
        "registration.certificate_is_verified",
        Level.WARNING,
        new LinkedHashMap<>(
            Map.of(
                "env_var",
                "CONSUL_HTTP_SSL_VERIFY",
                "hint",
                "name the authority to trust with ca=FILE in EVENKEEL_REGISTRY")));
  }
}
