package io.evenkeel.http.dropin;

import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.ServiceInstance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a drop-in: parameters before environment before what is usual. */
final class Resolver {
  private final Dropin dropin;
  private final Variables env;

  Resolver(Dropin dropin, Variables env) {
    this.dropin = dropin;
    this.env = env;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException saying what is missing or not understood
   */
  Plan plan() {
    Plan.Target registry = RegistryChoice.of(dropin, env);
    String service = service();
    Location at = Location.find(dropin, env, service);
    if (at.port() == 0) {
      throw Unresolved.portZero();
    }
    return new Plan(registry, instance(service, at), at);
  }

  private String service() {
    String usual = dropin.profile.service();
    return Optional.of(dropin.serviceName)
        .filter(name -> !name.isEmpty())
        .or(() -> env.text("SERVICE_NAME"))
        .or(() -> Optional.of(usual).filter(name -> !name.isEmpty()))
        .orElseThrow(
            () ->
                Unresolved.missing(
                    "registration.missing_service_id", "service ID", env.name("SERVICE_NAME")));
  }

  private ServiceInstance instance(String service, Location at) {
    return ServiceInstance.builder(service, at.host(), at.port())
        .id(id(service, at))
        .scheme(at.scheme())
        .version(dropin.version)
        .tags(tags(at))
        .metadata(metadata())
        .healthCheck(healthCheck())
        .build();
  }

  private HealthCheck healthCheck() {
    String usual = dropin.profile.healthPath();
    if (dropin.healthCheck != null) {
      return dropin.healthCheck;
    }
    return usual.isEmpty() ? HealthCheck.none() : HealthCheck.http(usual);
  }

  private String id(String service, Location at) {
    if (!dropin.instanceId.isEmpty()) {
      return dropin.instanceId;
    }
    return switch (dropin.profile.kind()) {
      case CONFIG_SERVICE -> configServiceId(service);
      case CONSUL_REGISTRY -> service + "-" + at.host() + "-" + at.port();
      case SERVICEKIT -> slug(service + "-" + at.host() + "-" + at.port());
      case HEARTBEAT -> UUID.randomUUID().toString();
      case SERVICE_DISCOVERY -> service + "-" + UUID.randomUUID().toString().substring(0, 8);
    };
  }

  /** A variable that is there and empty leaves the id to the server, which takes a UUID. */
  private String configServiceId(String service) {
    String given = env.raw("SERVICE_INSTANCE_ID");
    if (given == null) {
      return service + "-" + ProcessHandle.current().pid();
    }
    return given.isEmpty() ? UUID.randomUUID().toString() : given;
  }

  /** The form of system 002's ids: {@code [a-z][a-z0-9]*(-[a-z0-9]+)*}. */
  private static String slug(String text) {
    String slug =
        text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() || Character.isDigit(slug.charAt(0)) ? "s" + slug : slug;
  }

  private Set<String> tags(Location at) {
    List<String> tags = new ArrayList<>(dropin.tags);
    switch (dropin.profile.kind()) {
      case CONSUL_REGISTRY -> {
        if (dropin.tags.isEmpty()) {
          tags.addAll(listed(env.raw("SERVICE_TAGS")));
        }
      }
      case SERVICE_DISCOVERY -> {
        tags.add("env:" + env.text("ENVIRONMENT").orElse("development"));
        tags.add("platform:" + platform());
        tags.add("version=" + dropin.version);
        if (at.scheme().equals("https")) {
          tags.add("secure");
        }
      }
      default -> {} // the wire of the others has none
    }
    return new LinkedHashSet<>(tags);
  }

  /** One more than system 001's client: blanks around a tag, and empty tags, are left out. */
  private static List<String> listed(@Nullable String text) {
    return Stream.of((text == null ? "api" : text).split(",", -1))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .toList();
  }

  private Map<String, String> metadata() {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (dropin.profile.kind() == Profile.Kind.SERVICE_DISCOVERY) {
      machineName().ifPresent(name -> pairs.put("hostname", name));
      pairs.put("host_ip", dropin.machine.address());
      pairs.put("pid", Long.toString(ProcessHandle.current().pid()));
      pairs.put("platform", platform());
      pairs.put("java_version", Runtime.version().toString());
    }
    pairs.putAll(dropin.metadata);
    return pairs;
  }

  private Optional<String> machineName() {
    try {
      return Optional.of(dropin.machine.name());
    } catch (IOException e) {
      return Optional.empty(); // one pair less
    }
  }

  /** In Python's words, since the fleet's tags are. */
  private static String platform() {
    String name = System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "win32";
    }
    return name.startsWith("mac") ? "darwin" : name.replace(' ', '-');
  }
}
