package io.evenkeel.http.dropin;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The environment, in which a variable may go by another name than the documented one.
 *
 * @param names the other names, by the documented ones
 * @param problems hears of values that are not used
 */
record Variables(
    Map<String, String> environment,
    Map<String, String> names,
    Consumer<RegistrationEvent> problems) {
  /** The name that the variable goes by here. */
  String name(String variable) {
    return names.getOrDefault(variable, variable);
  }

  /** The value, which may be empty; null when it is not set. */
  @Nullable String raw(String variable) {
    return environment.get(name(variable));
  }

  /** The value without blanks around it, unless nothing is left. */
  Optional<String> text(String variable) {
    String value = raw(variable);
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  /** The value as a port; nothing, and an event that names the usual one, when it is none. */
  Optional<Integer> port(String variable, int usual) {
    Optional<String> value = text(variable);
    Optional<Integer> port = value.filter(Variables::isPort).map(Integer::parseInt);
    if (value.isPresent() && port.isEmpty()) {
      problems.accept(
          RegistrationEvent.of(
              Level.WARNING,
              "registration.invalid_port",
              "env_var",
              name(variable),
              "value",
              value.get(),
              "using_default",
              usual));
    }
    return port;
  }

  private static boolean isPort(String text) {
    return text.matches("0*[1-9]\\d{0,4}") && Integer.parseInt(text) <= 65_535;
  }

  /** Whether the value says yes. */
  boolean isOn(String variable) {
    return text(variable).map(value -> value.matches("(?i)true|1|yes|on")).orElse(false);
  }

  /** Whether the value says no. */
  boolean isOff(String variable) {
    return text(variable).map(value -> value.matches("(?i)false|0|no|off")).orElse(false);
  }
}
