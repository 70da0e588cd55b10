package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.model.Lease;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.web.Refusal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A check as Consul's agent is told it. TTL, HTTP and TCP are there; what would run a program, send
 * headers or a body of the caller's choice, or look away from a certificate, is refused.
 */
record CheckBody(Fields fields) {
  static final Set<String> NAMES =
      Fields.names(
          "CheckID",
          "ID",
          "Name",
          "Notes",
          "ServiceID",
          "Status",
          "Script",
          "Args",
          "ScriptArgs",
          "DockerContainerID",
          "Shell",
          "HTTP",
          "Header",
          "Method",
          "Body",
          "TCP",
          "GRPC",
          "GRPCUseTLS",
          "TTL",
          "Interval",
          "Timeout",
          "TLSSkipVerify",
          "TLSServerName",
          "SuccessBeforePassing",
          "FailuresBeforeWarning",
          "FailuresBeforeCritical",
          "OutputMaxSize",
          "DeregisterCriticalServiceAfter",
          "AliasNode",
          "AliasService",
          "DisableRedirects",
          "Token",
          "Namespace",
          "Node");

  private static final int MAX_TEXT = 512;
  private static final int MAX_ID = 640; // "service:", a wire id of 511, and a number
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration MIN_DEREGISTER_AFTER = Duration.ofMinutes(1); // Consul's own

  /** The id it says, empty if it says none. */
  String id() {
    String id = fields.text("CheckID").isEmpty() ? fields.text("ID") : fields.text("CheckID");
    return Texts.plain("check ID", id, MAX_ID);
  }

  String name() {
    return Texts.plain("check name", fields.text("Name"), MAX_TEXT);
  }

  /** The definition; the id and the name are those that it does not say itself. */
  CheckDefinition definition(String usualId, String usualName) {
    refuseWhatIsNotServed();
    Duration ttl = fields.time("TTL");
    Duration interval = fields.time("Interval");
    CheckDefinition.Kind kind = kind();
    boolean polled = kind.isPolled();
    if (!ttl.isZero() && !interval.isZero()) {
      throw invalid("Interval and TTL cannot both be specified");
    }
    if (polled && !isPositive(interval)) {
      throw invalid("Interval must be > 0 for Script, HTTP, or TCP checks");
    }
    if (!polled && !isPositive(ttl)) {
      throw invalid("TTL must be > 0 for TTL checks");
    }
    return new CheckDefinition(
        id().isEmpty() ? usualId : id(),
        name().isEmpty() ? usualName : name(),
        Texts.plain("check notes", fields.text("Notes"), MAX_TEXT),
        kind,
        target(kind),
        bounded(polled ? "Interval" : "TTL", polled ? interval : ttl),
        timeout(),
        status().orElse(CheckStatus.CRITICAL),
        Math.max(1, fields.number("SuccessBeforePassing", 0)),
        failuresToWarn(),
        Math.max(1, fields.number("FailuresBeforeCritical", 0)),
        deregisterAfter());
  }

  /** As many as make it critical, unless fewer are said. */
  private int failuresToWarn() {
    int toFail = Math.max(1, fields.number("FailuresBeforeCritical", 0));
    int toWarn = fields.number("FailuresBeforeWarning", 0);
    if (toWarn > toFail) {
      throw invalid("FailuresBeforeWarning can't be higher than FailuresBeforeCritical");
    }
    return toWarn < 1 ? toFail : toWarn;
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private CheckDefinition.Kind kind() {
    if (!fields.text("HTTP").isEmpty()) {
      return CheckDefinition.Kind.HTTP;
    }
    return fields.text("TCP").isEmpty() ? CheckDefinition.Kind.TTL : CheckDefinition.Kind.TCP;
  }

  private String target(CheckDefinition.Kind kind) {
    String target = kind.isPolled() ? fields.text(kind.name()) : "";
    return Texts.plain("check target", target, MAX_TEXT);
  }

  private static Duration bounded(String field, Duration time) {
    if (time.compareTo(Lease.MIN_TTL) < 0 || time.compareTo(Lease.MAX_TTL) > 0) {
      throw invalid(field + ": " + time + " (expected: 1s..24h)");
    }
    return time;
  }

  private Duration timeout() {
    Duration timeout = fields.time("Timeout");
    if (!isPositive(timeout)) {
      return USUAL_TIMEOUT;
    }
    return timeout.compareTo(MAX_TIMEOUT) > 0 ? MAX_TIMEOUT : timeout;
  }

  @Nullable Duration deregisterAfter() {
    Duration after = fields.time("DeregisterCriticalServiceAfter");
    if (!isPositive(after)) {
      return null;
    }
    return after.compareTo(MIN_DEREGISTER_AFTER) < 0 ? MIN_DEREGISTER_AFTER : after;
  }

  /** The status it begins with, empty if it says none. */
  Optional<CheckStatus> status() {
    String status = fields.text("Status");
    if (status.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        status(status)
            .orElseThrow(
                () -> new Refusal(400, "Status for checks must 'passing', 'warning', 'critical'")));
  }

  static Optional<CheckStatus> status(String label) {
    for (CheckStatus status : CheckStatus.values()) {
      if (status.label().equals(label)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  private void refuseWhatIsNotServed() {
    if (fields.has("Script")
        || fields.has("Args")
        || fields.has("ScriptArgs")
        || fields.has("DockerContainerID")) {
      throw invalid("Scripts are disabled on this agent");
    }
    String method = fields.text("Method");
    if (!method.isEmpty() && !method.equals("GET")) {
      throw invalid("Method: " + Texts.shown(method) + " (expected: GET)");
    }
    refuse("Header", !fields.has("Header") || get("Header").isEmpty(), "none");
    refuse("Body", fields.text("Body").isEmpty(), "none");
    refuse("GRPC", fields.text("GRPC").isEmpty(), "HTTP, TCP or TTL");
    refuse("AliasService", fields.text("AliasService").isEmpty(), "HTTP, TCP or TTL");
    refuse("AliasNode", fields.text("AliasNode").isEmpty(), "HTTP, TCP or TTL");
    refuse("TLSSkipVerify", !fields.flag("TLSSkipVerify"), "false: certificates are verified");
  }

  private JsonNode get(String name) {
    return Objects.requireNonNull(fields.get(name));
  }

  private static void refuse(String field, boolean fine, String expected) {
    if (!fine) {
      throw invalid(field + ": not served (expected: " + expected + ")");
    }
  }

  private static Refusal invalid(String why) {
    return new Refusal(400, "Invalid check: " + why);
  }
}
