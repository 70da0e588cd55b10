package io.evenkeel.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RegistryServerVerticle} is configured with.
 *
 * @param registry its URI
 */
record VerticleConfig(String registry, RegistryServerOptions options) {
  private static final Set<String> KNOWN =
      Set.of(
          "registry",
          "listeners",
          "tokens",
          "tls",
          "allowInsecure",
          "warmUp",
          "checkHosts",
          "quota",
          "connections");

  static VerticleConfig read(JsonObject config) {
    for (String key : config.fieldNames()) {
      if (!KNOWN.contains(key)) {
        throw new IllegalArgumentException(
            key + ": unknown option (expected: one of " + KNOWN + ")");
      }
    }
    RegistryServerOptions usual = RegistryServerOptions.defaults();
    RegistryServerOptions options =
        listeners(config)
            .withTokens(tokens(config))
            .withTls(tls(config))
            .withAllowInsecure(value(config, "allowInsecure", Boolean.class, false))
            .withWarmUp(duration(config, "warmUp", usual.warmUp()))
            .withCheckHosts(hosts(config))
            .withQuota(quota(config, usual.quota()))
            .withConnections(connections(config, usual.connections()));
    return new VerticleConfig(value(config, "registry", String.class, "inmemory:"), options);
  }

  private static <T> T value(JsonObject config, String key, Class<T> type, T usual) {
    Object value = config.getValue(key);
    if (value == null) {
      return usual;
    }
    if (!type.isInstance(value)) {
      throw refused(key, "a " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private static JsonObject object(JsonObject config, String key) {
    return value(config, key, JsonObject.class, new JsonObject());
  }

  private static IllegalArgumentException refused(String key, String expected) {
    return new IllegalArgumentException(key + ": not understood (expected: " + expected + ")");
  }

  private static RegistryServerOptions listeners(JsonObject config) {
    if (!config.containsKey("listeners")) {
      return RegistryServerOptions.defaults();
    }
    JsonObject listeners = object(config, "listeners");
    RegistryServerOptions options = RegistryServerOptions.none();
    for (String label : listeners.fieldNames()) {
      String key = "listeners." + label;
      String address = value(listeners, label, String.class, "");
      int colon = address.lastIndexOf(':');
      String port = address.substring(colon + 1);
      if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
        throw refused(key, "host:port");
      }
      String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
      options = options.withListener(Protocol.of(label), host, Integer.parseInt(port));
    }
    return options;
  }

  private static Map<String, String> tokens(JsonObject config) {
    Map<String, String> owners = new LinkedHashMap<>();
    JsonObject tokens = object(config, "tokens");
    for (String token : tokens.fieldNames()) {
      if (!(tokens.getValue(token) instanceof String owner) || owner.isEmpty()) {
        throw refused("tokens", "an object of owners' names by token"); // the token is not said
      }
      owners.put(token, owner);
    }
    return owners;
  }

  private static RegistryServerOptions.@Nullable Tls tls(JsonObject config) {
    if (!config.containsKey("tls")) {
      return null;
    }
    JsonObject tls = object(config, "tls");
    String certificate = value(tls, "certificate", String.class, "");
    String key = value(tls, "key", String.class, "");
    if (certificate.isEmpty() || key.isEmpty()) {
      throw refused("tls", "certificate and key, both names of PEM files");
    }
    return new RegistryServerOptions.Tls(Path.of(certificate), Path.of(key));
  }

  private static Duration duration(JsonObject config, String key, Duration usual) {
    try {
      return Duration.parse(value(config, key, String.class, usual.toString()));
    } catch (DateTimeParseException e) {
      throw refused(key, "an ISO 8601 duration such as PT12S");
    }
  }

  private static Set<String> hosts(JsonObject config) {
    Set<String> hosts = new HashSet<>();
    for (Object host : value(config, "checkHosts", JsonArray.class, new JsonArray())) {
      if (!(host instanceof String name)) {
        throw refused("checkHosts", "a list of host names");
      }
      hosts.add(name);
    }
    return hosts;
  }

  private static RegistryServerOptions.Quota quota(
      JsonObject config, RegistryServerOptions.Quota usual) {
    JsonObject quota =
        objectOf(config, "quota", "instances", "services", "watchesPerClient", "watches", "total");
    return new RegistryServerOptions.Quota(
        value(quota, "instances", Integer.class, usual.instances()),
        value(quota, "services", Integer.class, usual.services()),
        value(quota, "watchesPerClient", Integer.class, usual.watchesPerClient()),
        value(quota, "watches", Integer.class, usual.watches()),
        value(quota, "total", Integer.class, usual.total()));
  }

  private static RegistryServerOptions.Connections connections(
      JsonObject config, RegistryServerOptions.Connections usual) {
    JsonObject given = objectOf(config, "connections", "perClient", "request", "idle");
    return new RegistryServerOptions.Connections(
        value(given, "perClient", Integer.class, usual.perClient()),
        duration(given, "request", usual.request()),
        duration(given, "idle", usual.idle()));
  }

  private static JsonObject objectOf(JsonObject config, String name, String... known) {
    JsonObject given = object(config, name);
    for (String key : given.fieldNames()) {
      if (!List.of(known).contains(key)) {
        throw refused(name + "." + key, "one of " + List.of(known));
      }
    }
    return given;
  }
}
