package io.evenkeel.http.dropin;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to one registration in the systems' words: every event's name, level and
 * fields are decided here. Called when a call has ended, so that the last answer is that call's.
 */
record Tale(ServiceRegistry registry, Plan plan, Consumer<RegistrationEvent> events) {

  private void tell(Level level, String name, @Nullable Object... fields) {
    events.accept(RegistrationEvent.of(level, name, fields));
  }

  void starting(int attempts) {
    tell(
        Level.INFO,
        "registration.starting",
        "orchestrator_url",
        plan.registry().shown(),
        "service_url",
        plan.serviceUrl(),
        "host_source",
        plan.at().hostSource(),
        "port_source",
        plan.at().portSource(),
        "max_retries",
        attempts);
  }

  /** What was accepted; a server that has an id of its own for the service says it. */
  Registration registration(ServiceInstance instance, Lease grant) {
    Sighting seen = Sighting.last(registry);
    String id = seen.text("id") == null ? seen.text("instance_id") : seen.text("id");
    return new Registration(
        id == null || id.isEmpty() ? instance.id() : id,
        plan.serviceUrl(),
        plan.registry().shown(),
        grant.ttl(),
        seen.text("ping_url"));
  }

  void registered(Registration now, int attempt, Duration keepAlive) {
    tell(
        Level.INFO,
        "registration.success",
        "orchestrator_url",
        now.registryUrl(),
        "service_url",
        now.serviceUrl(),
        "attempt",
        attempt,
        "status_code",
        Sighting.last(registry).status(),
        "service_id",
        now.serviceId());
    if (!keepAlive.isZero()) {
      tell(
          Level.INFO,
          "keepalive.started",
          "ping_url",
          now.pingUrl(),
          "interval_seconds",
          seconds(keepAlive));
      tell(Level.INFO, "keepalive.task_started");
    }
  }

  /** The first failure is worth a warning; where it is tried for ever, the others are not. */
  void attemptFailed(int attempt, Dropin dropin, RegistryException error) {
    boolean forEver = dropin.attempts == 0;
    tell(
        forEver && attempt > 1 ? Level.DEBUG : Level.WARNING,
        "registration.attempt_failed",
        "attempt",
        attempt,
        "max_retries",
        dropin.attempts,
        "error",
        error.getMessage(),
        "error_type",
        error.getClass().getSimpleName());
    if (forEver || attempt < dropin.attempts) {
      tell(
          Level.DEBUG,
          "registration.retrying",
          "retry_delay", // at most, where chance shortens it
          seconds(dropin.backoff.max()),
          "next_attempt",
          attempt + 1);
    }
  }

  void failed(int attempts, Throwable error) {
    tell(
        Level.ERROR, "registration.failed", "attempts", attempts, "last_error", error.getMessage());
  }

  void ready(Duration limit, @Nullable Throwable late) {
    if (late != null) {
      tell(Level.WARNING, "registration.readiness_timeout", "timeout_seconds", seconds(limit));
    }
  }

  void aborted() {
    tell(Level.WARNING, "registration.aborted", "reason", "closed before it was registered");
  }

  void pinged(Registration known) {
    Sighting seen = Sighting.last(registry);
    tell(
        Level.DEBUG,
        "keepalive.ping_success",
        "service_id",
        known.serviceId(),
        "last_ping_at",
        seen.text("last_ping_at"),
        "expires_at",
        seen.text("expires_at"));
  }

  void pingFailed(RegistryException error) {
    failure("keepalive.ping_failed", error);
  }

  void notFound(Duration grace) {
    tell(Level.WARNING, "keepalive.service_not_found", "grace_period", seconds(grace));
  }

  void registeredAgain(Registration now) {
    tell(Level.INFO, "keepalive.re_registered", "service_id", now.serviceId());
  }

  void notRegisteredAgain(RegistryException error) {
    failure("keepalive.re_registration_failed", error);
  }

  void keepAliveCancelled() {
    tell(Level.INFO, "keepalive.cancelled");
    keepAliveStopped();
  }

  void keepAliveStopped() {
    tell(Level.INFO, "keepalive.task_stopped");
  }

  /** What was gone already is a 404 to the systems' clients, and that is a failure to them. */
  void deregistered(Registration known, boolean existed) {
    Sighting seen = Sighting.last(registry);
    if (!existed) {
      tell(
          Level.WARNING,
          "deregistration.failed",
          "error",
          known.serviceId() + ": the registry did not have it",
          "error_type",
          "NotFound");
      return;
    }
    tell(
        Level.INFO,
        "deregistration.success",
        "service_id",
        known.serviceId(),
        "deregister_url",
        seen.url(),
        "status_code",
        seen.status());
  }

  void notDeregistered(RegistryException error) {
    failure("deregistration.failed", error);
  }

  private void failure(String name, RegistryException error) {
    tell(
        Level.WARNING,
        name,
        "error",
        error.getMessage(),
        "error_type",
        error.getClass().getSimpleName());
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
