package io.evenkeel.inmemory;

import io.evenkeel.registry.RegistryProvider;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers for {@code inmemory:} and {@code static:}. Found by the service loader, which is why it
 * has a public constructor; people call {@link io.evenkeel.registry.Registries#connect}.
 *
 * <p>{@code inmemory:} takes the parameters {@code sweep} (a time such as {@code 500ms} or {@code
 * 1s}), {@code tombstones} (likewise) and {@code guard} ({@code on} or {@code off}); see {@link
 * InMemoryOptions}. {@code static:} takes none; its form is {@code
 * static:orders=10.0.0.1:80*3@zone-a,[2001:db8::1]:80;users=10.0.0.3:80}, where {@code *weight} and
 * {@code @zone} may be left out.
 */
public final class InMemoryRegistryProvider implements RegistryProvider {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");

  /** For the service loader. */
  public InMemoryRegistryProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("inmemory", "static");
  }

  @Override
  public ServiceRegistry connect(RegistryUri uri) {
    if (uri.tls()) {
      throw refused(uri, "+https", "no TLS, since nothing is on a wire");
    }
    return uri.scheme().equals("static") ? fixedList(uri) : inMemory(uri);
  }

  private static ServiceRegistry fixedList(RegistryUri uri) {
    uri.parameters().keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw refused(uri, "parameter " + name, "no parameters");
            });
    return new StaticServiceRegistry(uri.toString(), StaticLists.parse(uri.target()));
  }

  private static ServiceRegistry inMemory(RegistryUri uri) {
    if (!uri.target().isEmpty()) {
      throw refused(uri, uri.target(), "nothing after inmemory: but parameters");
    }
    InMemoryOptions options = InMemoryOptions.defaults();
    for (Map.Entry<String, String> parameter : uri.parameters().entrySet()) {
      String value = parameter.getValue();
      options =
          switch (parameter.getKey()) {
            case "sweep" -> options.withSweepPeriod(time(uri, "sweep", value));
            case "tombstones" -> options.withTombstoneRetention(time(uri, "tombstones", value));
            case "guard" -> options.withEvictionGuard(isOn(uri, value));
            default ->
                throw refused(
                    uri, "parameter " + parameter.getKey(), "one of guard, sweep, tombstones");
          };
    }
    return InMemoryServiceRegistry.create(options);
  }

  private static Duration time(RegistryUri uri, String name, String value) {
    Matcher form = TIME.matcher(value);
    if (!form.matches()) {
      throw refused(uri, name + "=" + value, "a time such as 500ms, 1s or 2m");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }

  private static boolean isOn(RegistryUri uri, String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw refused(uri, "guard=" + value, "on or off");
    };
  }

  private static IllegalArgumentException refused(RegistryUri uri, String what, String expected) {
    return new IllegalArgumentException(
        uri.scheme() + ": " + what + " (expected: " + expected + ")");
  }
}
