package io.evenkeel.http.dropin;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where events go: to the log and to the listener. In system 000 the log has the lines of that
 * system's own client. Safe from any thread.
 *
 * @param service the service's name, for those lines
 */
record EventLog(Profile.Kind kind, String service, Consumer<RegistrationEvent> listener)
    implements Consumer<RegistrationEvent> {
  private static final System.Logger LOG = System.getLogger(Dropin.class.getName());

  @Override
  public void accept(RegistrationEvent event) {
    for (String line : lines(event)) {
      LOG.log(event.level(), () -> line);
    }
    try {
      listener.accept(event);
    } catch (RuntimeException e) { // it is the user's, and a registration must outlive it
      LOG.log(Level.WARNING, "a listener of registration events failed", e);
    }
  }

  List<String> lines(RegistrationEvent event) {
    if (kind != Profile.Kind.CONFIG_SERVICE) {
      return List.of(event.line());
    }
    String leftOut = "Service registry registration skipped/failed for " + service;
    return switch (event.name()) {
      case "registration.success" ->
          List.of(
              "Registered %s with service registry as instance %s"
                  .formatted(service, oneLine(event, "service_id")));
      case "registration.attempt_failed" -> {
        String failed = "Service registry registration failed: " + oneLine(event, "error");
        boolean goesOn = event.text("max_retries").equals("0") && event.text("attempt").equals("1");
        yield goesOn ? List.of(failed, leftOut) : List.of(failed);
      }
      case "registration.failed" -> List.of(leftOut);
      case "registration.skipped" ->
          List.of("Service registry registration error: " + oneLine(event, "reason"));
      case "deregistration.success" ->
          List.of("Deregistered " + service + " from service registry");
      case "deregistration.failed" ->
          List.of("Service registry deregistration failed: " + oneLine(event, "error"));
      default -> List.of(event.line());
    };
  }

  private static String oneLine(RegistrationEvent event, String field) {
    return event.text(field).replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+", " ");
  }
}
