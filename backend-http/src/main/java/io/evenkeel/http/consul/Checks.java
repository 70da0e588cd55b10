package io.evenkeel.http.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.Json;
import io.evenkeel.model.InstanceStatus;

/**
 * What the checks of an entry, its node's among them, say together: the worst of them counts, as
 * with Consul's own aggregated status.
 */
record Checks(boolean maintenance, boolean critical, boolean isWarning, boolean leaseRanOut) {
  private static final String SERVICE_MAINTENANCE = "_service_maintenance:";
  private static final String NODE_MAINTENANCE = "_node_maintenance";
  private static final String EXPIRED = "TTL expired"; // agent/checks/check.go

  /**
   * Reads the checks of an entry; one without any is well.
   *
   * @throws IllegalArgumentException when they are something else
   */
  static Checks read(JsonNode array) {
    if (!array.isArray() && !array.isMissingNode() && !array.isNull()) {
      throw new IllegalArgumentException("Checks: no array (expected: checks)");
    }
    Checks all = new Checks(false, false, false, false);
    for (JsonNode check : array) {
      all = all.and(one(check));
    }
    return all;
  }

  private static Checks one(JsonNode check) {
    String status = Json.text(check, "Status");
    String id = check.path("CheckID").asText();
    boolean warning = status.equals("warning");
    boolean critical = !warning && !status.equals("passing");
    boolean maintenance = id.startsWith(SERVICE_MAINTENANCE) || id.equals(NODE_MAINTENANCE);
    boolean expired =
        critical && isOfService(check, id) && check.path("Output").asText().startsWith(EXPIRED);
    return new Checks(
        critical && maintenance, critical && !maintenance, warning && !maintenance, expired);
  }

  private static boolean isOfService(JsonNode check, String id) {
    return !check.path("ServiceID").asText().isEmpty() || id.startsWith("service:");
  }

  private Checks and(Checks other) {
    return new Checks(
        maintenance || other.maintenance,
        critical || other.critical,
        isWarning || other.isWarning,
        leaseRanOut || other.leaseRanOut);
  }

  InstanceStatus status() {
    if (maintenance) {
      return InstanceStatus.OUT_OF_SERVICE;
    }
    return critical ? InstanceStatus.DOWN : InstanceStatus.UP;
  }
}
