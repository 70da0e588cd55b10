package io.evenkeel.server;

import java.util.List;
import java.util.stream.Stream;

/** What a listener of the registry server speaks. Their paths collide, so each has its own port. */
public enum Protocol {
  /** Consul's HTTP API: agent, catalog, health, status. Port 8500. */
  CONSUL("consul", 8500),
  /** The config-service registry, below {@code /api/v1/registry}. Port 8082. */
  CONFIG_SERVICE("config-service", 8082),
  /** The heartbeat registry. Port 8006. */
  HEARTBEAT("heartbeat", 8006),
  /** The TTL orchestrator. Port 9000. */
  ORCHESTRATOR("orchestrator", 9000),
  /** Health, readiness, metrics, and service discovery for Prometheus. Port 8090. */
  ADMIN("admin", 8090);

  private final String label;
  private final int defaultPort;

  Protocol(String label, int defaultPort) {
    this.label = label;
    this.defaultPort = defaultPort;
  }

  /** The name in options and URIs. */
  public String label() {
    return label;
  }

  /** The port that clients expect. */
  public int defaultPort() {
    return defaultPort;
  }

  /**
   * The protocol of a label.
   *
   * @throws IllegalArgumentException naming those there are
   */
  public static Protocol of(String label) {
    return Stream.of(values())
        .filter(protocol -> protocol.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "protocol: "
                        + label
                        + " (expected: one of "
                        + List.of(values()).stream().map(Protocol::label).toList()
                        + ")"));
  }
}
