package io.evenkeel.http.consul;

import io.evenkeel.http.engine.ServerText;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How the agent is told to find out whether an instance is well.
 *
 * @param byLease whether it has a TTL check, which renewals feed
 * @param byAgent whether the agent asks the instance, over HTTP or TCP
 * @param usual what the agent asks an instance that names no check of its own
 * @param deregisterAfter how long an instance may be critical before the agent removes it; Consul
 *     takes less than a minute for a minute
 */
record CheckOptions(boolean byLease, boolean byAgent, HealthCheck usual, Duration deregisterAfter) {
  static final Set<String> NAMES =
      Set.of("check", "check-interval", "check-timeout", "check-path", "deregister-after");

  static CheckOptions read(Map<String, String> parameters) {
    String check = parameters.getOrDefault("check", "ttl");
    if (!Set.of("ttl", "http", "both").contains(check)) {
      throw new IllegalArgumentException(
          "check: " + ServerText.shown(check) + " (expected: one of ttl, http, both)");
    }
    return new CheckOptions(
        !check.equals("http"),
        !check.equals("ttl"),
        usual(check, parameters),
        time(parameters, "deregister-after", "1m"));
  }

  /** Without a lease something must be asked: then it is /health, as other systems' clients do. */
  private static HealthCheck usual(String check, Map<String, String> parameters) {
    String path = parameters.getOrDefault("check-path", check.equals("http") ? "/health" : "");
    HealthCheck.Http http =
        new HealthCheck.Http(
            path.isEmpty() ? "/" : path,
            time(parameters, "check-interval", "10s"),
            time(parameters, "check-timeout", "5s"));
    return path.isEmpty() ? HealthCheck.none() : http;
  }

  private static Duration time(Map<String, String> parameters, String name, String usual) {
    return GoDuration.read(
        name, parameters.getOrDefault(name, usual), Lease.MIN_TTL, Lease.MAX_TTL);
  }

  /** What the agent asks an instance. */
  HealthCheck asked(HealthCheck own) {
    if (!byAgent) {
      return HealthCheck.none();
    }
    return own instanceof HealthCheck.None ? usual : own;
  }
}
