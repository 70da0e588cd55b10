package io.evenkeel.server.directory;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.ServiceInstance;
import java.util.Optional;

/** The check that an instance announces with itself, in whatever dialect. */
final class OwnCheck {
  private OwnCheck() {}

  static Optional<CheckDefinition> of(ServiceInstance instance, String wireId) {
    String id = "health:" + wireId;
    HealthCheck check = instance.healthCheck();
    if (check instanceof HealthCheck.Http http) {
      return Optional.of(
          CheckDefinition.polled(
              id, CheckDefinition.Kind.HTTP, url(instance, http), http.interval(), http.timeout()));
    }
    if (check instanceof HealthCheck.Tcp tcp) {
      return Optional.of(
          CheckDefinition.polled(
              id, CheckDefinition.Kind.TCP, place(instance), tcp.interval(), tcp.timeout()));
    }
    return Optional.empty();
  }

  private static String url(ServiceInstance instance, HealthCheck.Http http) {
    String scheme = instance.scheme().equals("https") ? "https" : "http";
    return http.target().startsWith("/")
        ? scheme + "://" + place(instance) + http.target()
        : http.target();
  }

  private static String place(ServiceInstance instance) {
    boolean ipv6 = instance.host().indexOf(':') >= 0;
    return (ipv6 ? "[" + instance.host() + "]" : instance.host()) + ":" + instance.port();
  }
}
