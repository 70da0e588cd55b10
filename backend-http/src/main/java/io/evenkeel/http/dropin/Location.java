package io.evenkeel.http.dropin;

import io.evenkeel.http.dropin.Profile.Kind;
import io.evenkeel.http.engine.HttpUrl;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Where the service is reached, and from where that is known. */
record Location(String scheme, String host, String hostSource, int port, String portSource) {
  private record Found(String value, String source) {}

  /** Finds it out. An Unresolved is thrown where the system has no answer either. */
  static Location find(Dropin dropin, Variables env, String service) {
    Optional<Location> whole = byUrl(dropin, env);
    if (whole.isPresent()) {
      return whole.get();
    }
    Found host = host(dropin, env, service);
    Profile profile = dropin.profile;
    String scheme = dropin.secure ? "https" : "http";
    if (dropin.port >= 0) {
      return new Location(scheme, host.value(), host.source(), dropin.port, "parameter");
    }
    String variable = profile.portVariable();
    return (variable.isEmpty() ? Optional.<Integer>empty() : env.port(variable, profile.port()))
        .map(port -> new Location(scheme, host.value(), host.source(), port, source(env, variable)))
        .orElseGet(
            () -> new Location(scheme, host.value(), host.source(), profile.port(), "default"));
  }

  /** An instance has no path; one in the URL is left out, and that is said. */
  private static Optional<Location> byUrl(Dropin dropin, Variables env) {
    boolean given = !dropin.url.isEmpty();
    String variable = "SERVICE_PUBLIC_URL";
    if (!given && dropin.profile.kind() != Kind.CONFIG_SERVICE) {
      return Optional.empty();
    }
    String source = given ? "parameter" : source(env, variable);
    return (given ? Optional.of(dropin.url) : env.text(variable))
        .map(HttpUrl::parse)
        .map(
            url -> {
              if (url.path().length() > 1) {
                env.problems().accept(pathLeftOut(source, url));
              }
              return new Location(url.scheme(), url.host(), source, url.port(), source);
            });
  }

  private static RegistrationEvent pathLeftOut(String source, HttpUrl url) {
    return RegistrationEvent.of(
        Level.WARNING, "registration.path_left_out", "source", source, "path", url.path());
  }

  private static Found host(Dropin dropin, Variables env, String service) {
    if (!dropin.host.isEmpty()) {
      return new Found(dropin.host, "parameter");
    }
    String variable = dropin.profile.hostVariable();
    Optional<Found> named =
        variable.isEmpty()
            ? Optional.empty()
            : env.text(variable).map(host -> new Found(host, source(env, variable)));
    if (dropin.hostOrder == HostOrder.MACHINE_BEFORE_ENVIRONMENT) {
      return machineName(dropin, env).or(() -> named).orElseThrow(() -> noHost(env, variable));
    }
    return named.orElseGet(() -> usualHost(dropin, env, service));
  }

  private static Found usualHost(Dropin dropin, Variables env, String service) {
    String variable = dropin.profile.hostVariable();
    return switch (dropin.profile.kind()) {
      case CONFIG_SERVICE -> serviceName(env, variable, service);
      case CONSUL_REGISTRY, HEARTBEAT -> new Found("localhost", "default");
      case SERVICEKIT -> machineName(dropin, env).orElseThrow(() -> noHost(env, variable));
      case SERVICE_DISCOVERY -> new Found(dropin.machine.address(), "auto-detected");
    };
  }

  /**
   * A variable that is there and empty made system 000's own client announce a URL without a host,
   * which nobody can call: here it is said, and the name is used.
   */
  private static Found serviceName(Variables env, String variable, String service) {
    if (env.raw(variable) != null) {
      env.problems()
          .accept(
              RegistrationEvent.of(
                  Level.WARNING,
                  "registration.missing_host",
                  "env_var",
                  env.name(variable),
                  "using_default",
                  service));
    }
    return new Found(service, "default");
  }

  private static Optional<Found> machineName(Dropin dropin, Variables env) {
    try {
      return Optional.of(new Found(dropin.machine.name(), "auto-detected"));
    } catch (IOException e) {
      env.problems()
          .accept(
              RegistrationEvent.of(
                  Level.DEBUG,
                  "registration.hostname_detection_failed",
                  "error",
                  String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static Unresolved noHost(Variables env, String variable) {
    return Unresolved.missing("registration.missing_host", "host", env.name(variable));
  }

  private static String source(Variables env, String variable) {
    return "env:" + env.name(variable);
  }
}
