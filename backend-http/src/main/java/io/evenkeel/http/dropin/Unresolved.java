package io.evenkeel.http.dropin;

import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The environment does not say enough for a registration. */
final class Unresolved extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable RegistrationEvent event;
  private final String reason;

  private Unresolved(@Nullable RegistrationEvent event, String reason, String message) {
    super(message);
    this.event = event;
    this.reason = reason;
  }

  /** A value that has to come from the program or from a variable. */
  static Unresolved missing(String event, String what, String variable) {
    return new Unresolved(
        RegistrationEvent.of(Level.ERROR, event, "env_var", variable),
        "missing " + what,
        what + ": not provided (expected: a parameter, or the variable " + variable + ")");
  }

  /** A program that says by its port that it does not want to be found. */
  static Unresolved portZero() {
    return new Unresolved(null, "port 0", "port: 0 (expected: 1..65535)");
  }

  /** What the systems say of it, where they do. */
  Optional<RegistrationEvent> event() {
    return Optional.ofNullable(event);
  }

  /** Why nothing is registered, in a few words. */
  String reason() {
    return reason;
  }
}
