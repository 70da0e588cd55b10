package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;

/** The filters that can be compared. */
final class Filters {
  private static final String METADATA = "metadata.";

  private Filters() {}

  enum All implements InstanceFilter {
    INSTANCE;

    @Override
    public boolean matches(ServiceInstance instance) {
      return true;
    }
  }

  record Tag(String tag) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return instance.tags().contains(tag);
    }
  }

  record Zone(String zone) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return instance.zone().equals(zone);
    }
  }

  record Version(String version) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      String its = instance.version();
      return its.startsWith(version)
          && (its.length() == version.length() || its.charAt(version.length()) == '.');
    }
  }

  record Metadata(String key, String value) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return value.equals(instance.metadata().get(key));
    }
  }

  record Both(InstanceFilter one, InstanceFilter other) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return one.matches(instance) && other.matches(instance);
    }
  }

  record Not(InstanceFilter filter) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return !filter.matches(instance);
    }
  }

  record Preferred(InstanceFilter filter) implements InstanceFilter {
    @Override
    public boolean matches(ServiceInstance instance) {
      return filter.matches(instance);
    }

    @Override
    public boolean isPreference() {
      return true;
    }
  }

  static InstanceFilter parse(String text) {
    String stripped = text.strip();
    boolean preferred = stripped.endsWith("?");
    String conditions = preferred ? stripped.substring(0, stripped.length() - 1) : stripped;
    InstanceFilter all = InstanceFilter.all();
    if (!conditions.isEmpty()) {
      for (String condition : conditions.split(",", -1)) {
        InstanceFilter next = condition(condition.strip());
        all = all == All.INSTANCE ? next : all.and(next);
      }
    }
    return preferred ? all.preferred() : all;
  }

  private static InstanceFilter condition(String text) {
    if (text.startsWith("!")) {
      return condition(text.substring(1)).negate();
    }
    int equals = text.indexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).strip();
    String value = text.substring(equals + 1).strip();
    if (key.startsWith(METADATA) && key.length() > METADATA.length()) {
      return InstanceFilter.metadata(key.substring(METADATA.length()), value);
    }
    return switch (value.isEmpty() ? "" : key) {
      case "tag" -> InstanceFilter.tag(value);
      case "zone" -> InstanceFilter.zone(value);
      case "version" -> InstanceFilter.version(value);
      default ->
          throw new IllegalArgumentException(
              "filter: " + text + " (expected: tag=…, zone=…, version=… or metadata.<key>=…)");
    };
  }
}
