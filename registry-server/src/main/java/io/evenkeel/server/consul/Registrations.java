package io.evenkeel.server.consul;

import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.server.check.AddressRules;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.directory.Tenure;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.server.web.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How a service of Consul's becomes a registration, and how its ids are Evenkeel's. */
record Registrations(Directory directory) {
  /** What of an instance travels in the meta, by its key in {@link FlatInstance}. */
  static final Set<String> CARRIED = Set.of("zone", "version", "scheme", "status", "health");

  private static final String ID = ServiceBody.OWN + "id";
  private static final String WEIGHT = ServiceBody.OWN + "weight";
  private static final String VERSION_TAG = "version=";
  private static final int MAX_WIRE_ID = 511; // a service, the qualifier, and an id
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** The life that Evenkeel's own client speaks of; empty for every other client. */
  static Optional<Lease> life(Request request) {
    String incarnation = request.header(WireHeaders.INCARNATION);
    String ttl = request.header(WireHeaders.TTL);
    return incarnation == null || ttl == null
        ? Optional.empty()
        : Optional.of(new Lease(Duration.ofMillis(number(ttl)), number(incarnation)));
  }

  static long number(String header) {
    if (!header.matches("\\d{1,18}")) {
      throw new Refusal(400, "Invalid header: " + Texts.shown(header) + " (expected: digits)");
    }
    return Long.parseLong(header);
  }

  Registration of(Request request, ServiceBody body, boolean replaceChecks) {
    Optional<Lease> life = life(request);
    String wireId = wireId(body.id());
    ServiceInstance instance = instance(body, wireId, request.client());
    List<CheckDefinition> checks = new ArrayList<>(body.checks());
    if (life.isPresent()) { // its lease is the judge; reaped, it could not come back
      checks.replaceAll(Registrations::unreaped);
    } else {
      keepKnown(checks, instance.key(), replaceChecks);
    }
    refuseLoopback(request, instance, checks);
    return new Registration(
        instance,
        wireId,
        life.isPresent() ? "" : NativeRecord.of(body).document(),
        life.map(Registrations::tenure).orElseGet(() -> tenure(checks)),
        checks,
        request.owner(),
        true);
  }

  static String wireId(String id) {
    if (id.length() > MAX_WIRE_ID || !id.matches("[A-Za-z0-9][A-Za-z0-9._:@~-]*")) {
      throw new Refusal(
          400,
          "Invalid service ID: "
              + Texts.shown(id)
              + " (expected: up to "
              + MAX_WIRE_ID
              + " of [A-Za-z0-9._:@~-], the first a letter or digit)");
    }
    return id;
  }

  private static ServiceInstance instance(ServiceBody body, String wireId, String client) {
    boolean own = body.meta().keySet().stream().anyMatch(key -> key.startsWith(ServiceBody.OWN));
    Map<String, String> flat = own ? carried(body.meta()) : ofTags(body.tags());
    flat.put("service", body.name());
    flat.put("id", id(body, wireId));
    flat.put("host", body.address().isEmpty() ? client : body.address());
    int usualPort = "https".equals(flat.get("scheme")) ? HTTPS_PORT : HTTP_PORT;
    flat.put("port", Integer.toString(body.port() == 0 ? usualPort : body.port()));
    ServiceInstance said = FlatInstance.read(flat);
    Map<String, String> metadata = new HashMap<>(body.meta());
    metadata.keySet().removeIf(key -> key.startsWith(ServiceBody.OWN));
    return said.toBuilder()
        .tags(body.tags())
        .metadata(new TreeMap<>(metadata))
        .weight("0".equals(body.meta().get(WEIGHT)) ? 0 : body.passing())
        .healthCheck(own ? said.healthCheck() : healthCheck(body.checks()))
        .build();
  }

  /** The id within its service: what Evenkeel's client says, or what the wire id is made of. */
  private static String id(ServiceBody body, String wireId) {
    String own = body.meta().get(ID);
    if (own != null) {
      return own;
    }
    String qualifier = Registration.qualified(body.name(), "");
    return wireId.startsWith(qualifier) ? wireId.substring(qualifier.length()) : wireId;
  }

  private static Map<String, String> carried(Map<String, String> meta) {
    Map<String, String> flat = new HashMap<>();
    for (String key : CARRIED) {
      String value = meta.get(ServiceBody.OWN + key);
      if (value != null) {
        flat.put(key, value);
      }
    }
    return flat;
  }

  private static Map<String, String> ofTags(List<String> tags) {
    Map<String, String> flat = new HashMap<>();
    for (String tag : tags) {
      if (tag.startsWith(VERSION_TAG)) {
        flat.putIfAbsent("version", tag.substring(VERSION_TAG.length()));
      } else if (tag.equals("secure")) {
        flat.put("scheme", "https");
      }
    }
    return flat;
  }

  /** How the other dialects show the first check that is polled, where they can. */
  private static HealthCheck healthCheck(List<CheckDefinition> checks) {
    for (CheckDefinition check : checks) {
      boolean fits = check.timeout().compareTo(check.interval()) <= 0;
      Duration timeout = fits ? check.timeout() : check.interval();
      if (check.kind() == CheckDefinition.Kind.HTTP && check.target().matches("https?://.+")) {
        return new HealthCheck.Http(check.target(), check.interval(), timeout);
      }
      if (check.kind() == CheckDefinition.Kind.TCP) {
        return new HealthCheck.Tcp(check.interval(), timeout);
      }
    }
    return HealthCheck.none();
  }

  private static CheckDefinition unreaped(CheckDefinition check) {
    return check.deregisteringAfter(null);
  }

  /** Consul keeps the checks that a registration does not name, unless it is told not to. */
  private void keepKnown(List<CheckDefinition> checks, InstanceKey key, boolean replaceChecks) {
    Optional<Entry> known = directory.entry(key);
    for (CheckState check : known.map(Entry::checks).orElse(List.of())) {
      CheckDefinition definition = check.definition();
      boolean named = checks.stream().anyMatch(one -> one.id().equals(definition.id()));
      boolean stays = !replaceChecks || definition.kind() == CheckDefinition.Kind.MAINTENANCE;
      if (!named && stays) {
        checks.add(definition);
      }
    }
  }

  private static Tenure tenure(Lease life) {
    return Tenure.leased(life.ttl()).of(life.incarnation());
  }

  /** The first TTL check is the lease; without one the service stays until it is deregistered. */
  private static Tenure tenure(List<CheckDefinition> checks) {
    for (CheckDefinition check : checks) {
      if (check.kind() == CheckDefinition.Kind.TTL) {
        Duration lingering = check.deregisterAfter();
        return Tenure.leased(check.interval())
            .lingeringFor(lingering == null ? Tenure.FOR_EVER : lingering);
      }
    }
    return Tenure.standing();
  }

  /** Nobody from elsewhere makes the server call itself. */
  static void refuseLoopback(
      Request request, ServiceInstance instance, List<CheckDefinition> checks) {
    boolean polled = checks.stream().anyMatch(check -> check.kind().isPolled());
    boolean local = AddressRules.isLoopback(request.client());
    if (polled && !local && AddressRules.isLoopback(instance.host())) {
      throw new Refusal(400, "Invalid check: address: loopback (expected: one of the instance)");
    }
  }
}
