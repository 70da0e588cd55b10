package io.evenkeel.server.dialect;

import io.evenkeel.model.InstanceStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an instance of a config-service says of itself, and what that is elsewhere. */
enum ConfigStatus {
  HEALTHY(InstanceStatus.UP),
  UNHEALTHY(InstanceStatus.DOWN),
  /** It has said nothing: it is announced, and not known to be ready. */
  UNKNOWN(InstanceStatus.STARTING),
  STARTING(InstanceStatus.STARTING),
  STOPPING(InstanceStatus.DRAINING);

  /** All of them, as pydantic lists them. */
  static final String EXPECTED = "'healthy', 'unhealthy', 'unknown', 'starting' or 'stopping'";

  private final InstanceStatus meaning;

  ConfigStatus(InstanceStatus meaning) {
    this.meaning = meaning;
  }

  static Optional<ConfigStatus> of(String label) {
    return Stream.of(values()).filter(status -> status.label().equals(label)).findFirst();
  }

  static ConfigStatus of(InstanceStatus status) {
    return switch (status) {
      case UP -> HEALTHY;
      case STARTING -> STARTING;
      case DRAINING -> STOPPING;
      case DOWN, OUT_OF_SERVICE -> UNHEALTHY;
    };
  }

  InstanceStatus meaning() {
    return meaning;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
