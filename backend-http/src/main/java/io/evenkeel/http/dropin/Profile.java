package io.evenkeel.http.dropin;

import io.evenkeel.time.Backoff;
import java.time.Duration;

/**
 * What is usual in one of the five systems. Ten components, since each is a cell of the table
 * below.
 *
 * @param service the name of a service that says none, empty where it has to
 * @param hostVariable empty where there is none
 * @param portVariable empty where there is none
 * @param port without parameter and variable; 0 means that nothing is announced
 * @param healthPath empty where liveness is by lease
 * @param keepAlive between two signs of life
 * @param attempts at registering, 0 for ever
 * @param timeout of one request
 */
record Profile(
    Kind kind,
    String service,
    String hostVariable,
    String portVariable,
    int port,
    String healthPath,
    Duration keepAlive,
    int attempts,
    Backoff backoff,
    Duration timeout) {
  private static final Backoff PATIENT = new Backoff(seconds(1), seconds(5));

  /** The five systems. */
  enum Kind {
    /** 000. */
    CONFIG_SERVICE,
    /** 001. */
    CONSUL_REGISTRY,
    /** 002. */
    SERVICEKIT,
    /** 003. */
    HEARTBEAT,
    /** 004. */
    SERVICE_DISCOVERY
  }

  static Profile of(Kind kind) {
    return switch (kind) {
      case CONFIG_SERVICE -> configService();
      case CONSUL_REGISTRY -> consulRegistry();
      case SERVICEKIT -> servicekit();
      case HEARTBEAT -> heartbeat();
      case SERVICE_DISCOVERY -> serviceDiscovery();
    };
  }

  /** Nobody there expects a sign of life; announcing again is one, and a rare one is enough. */
  private static Profile configService() {
    return new Profile(
        Kind.CONFIG_SERVICE,
        "your-service-name",
        "SERVICE_HOST",
        "SERVICE_PORT",
        8090,
        "/health",
        seconds(30),
        0,
        PATIENT,
        seconds(5));
  }

  /** An agent that lost its state hears of the service again within a minute. */
  private static Profile consulRegistry() {
    return new Profile(
        Kind.CONSUL_REGISTRY,
        "backend-api",
        "SERVICE_ADDRESS",
        "SERVICE_PORT",
        8000,
        "/health",
        seconds(60),
        0,
        PATIENT,
        seconds(5));
  }

  private static Profile servicekit() {
    return new Profile(
        Kind.SERVICEKIT,
        "",
        "SERVICEKIT_HOST",
        "SERVICEKIT_PORT",
        8000,
        "",
        seconds(10),
        5,
        Backoff.constant(seconds(2)),
        seconds(10));
  }

  private static Profile heartbeat() {
    return new Profile(
        Kind.HEARTBEAT, "", "", "PORT", 8000, "", seconds(10), 0, PATIENT, seconds(5));
  }

  /** As in 001. */
  private static Profile serviceDiscovery() {
    return new Profile(
        Kind.SERVICE_DISCOVERY, "", "", "", 0, "/health", seconds(60), 0, PATIENT, seconds(5));
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
