package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.ForeignFields;
import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.LeaseHeaders;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A config-service with a registry under {@code /api/v1/registry}. It has no leases: an instance
 * stays until it is deregistered, unless the server knows our TTL header; registering again keeps
 * it alive there. {@code GET /services/{name}/url}, by which the server would choose an instance,
 * is not asked: choosing is what the balancer is for.
 */
public final class ConfigServiceDialect implements Dialect {
  /** Base path allowed; {@code token}. */
  public static final UriForm URI =
      new UriForm(8082, true, List.of(UriForm.bearerToken()), Set.of());

  private static final String ROOT = "/api/v1/registry";
  private static final Set<String> SERVERS_OWN =
      Set.of("instance_id", "status", "service_url", "health_check_url");

  private final Link link;
  private final Set<InstanceKey> registered = ConcurrentHashMap.newKeySet();

  /** Makes the dialect on a wire. */
  public ConfigServiceDialect(Link link) {
    this.link = link;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.REGISTER);
  }

  @Override
  public Future<Lease> register(ServiceInstance instance, Lease lease) {
    Call call = Call.post(ROOT + "/register").withBody(body(instance));
    return link.wire()
        .send(LeaseHeaders.ask(call, lease))
        .map(
            answer -> {
              checkId(answer, instance.id());
              registered.add(instance.key());
              return LeaseHeaders.granted(answer, lease, lease.ttl());
            });
  }

  private static void checkId(Answer answer, String expected) {
    String id = answer.json().path("instance_id").asText();
    if (id.isEmpty()) { // 201 all the same: what it does when its ZooKeeper is away
      throw new RegistryException.Unavailable(
          answer + " without an instance_id (expected: " + expected + "; nothing was stored)",
          null);
    }
    if (!id.equals(expected)) {
      throw answer.protocol("instance_id " + id, expected);
    }
  }

  private static ObjectNode body(ServiceInstance instance) {
    ObjectNode metadata = Json.pairs(instance.metadata());
    metadata.put("instance_id", instance.id());
    metadata.put("status", status(instance.status()));
    metadata.set("evenkeel", Json.pairs(FlatInstance.write(instance)));
    return Json.object()
        .put("service_name", instance.service())
        .put("service_url", HttpUrl.of(instance))
        .put("health_check_url", healthUrl(instance))
        .set("service_metadata", metadata);
  }

  private static String status(InstanceStatus status) {
    return switch (status) {
      case UP -> "healthy";
      case STARTING -> "starting";
      case DRAINING -> "stopping";
      case DOWN, OUT_OF_SERVICE -> "unhealthy";
    };
  }

  private static @Nullable String healthUrl(ServiceInstance instance) {
    if (!(instance.healthCheck() instanceof HealthCheck.Http http)) {
      return null;
    }
    return http.target().startsWith("/") ? HttpUrl.of(instance) + http.target() : http.target();
  }

  @Override
  public Future<Renewal> renew(InstanceKey key, Lease lease) {
    throw new RegistryException.Rejected(link.options().name() + ": has no renewals");
  }

  @Override
  public Future<Boolean> deregister(InstanceKey key, long incarnation) {
    Call call =
        Call.post(
            ROOT
                + "/deregister?service_name="
                + Call.segment(key.service())
                + "&instance_id="
                + Call.segment(key.id()));
    return link.wire()
        .send(LeaseHeaders.end(call, incarnation))
        .map(
            answer -> {
              answer.json();
              boolean ours = registered.remove(key);
              Boolean existed = answer.existed();
              return existed == null ? ours : existed;
            });
  }

  @Override
  public Future<List<ServiceInstance>> instances(String service) {
    Call call = Call.get(ROOT + "/services/" + Call.segment(service));
    return link.wire()
        .send(LeaseHeaders.all(call))
        .map(answer -> link.rows().read(answer, answer.json(), row -> decode(service, row)));
  }

  private static ServiceInstance decode(String service, JsonNode row) {
    JsonNode metadata = row.path("service_metadata");
    ServiceInstance own = Json.ownWord(metadata, service);
    if (own != null) {
      return ForeignFields.judged(own, Json.optionalText(row, "status"));
    }
    ServiceInstance foreign =
        ForeignFields.at(service, Json.text(row, "instance_id"), Json.text(row, "service_url"))
            .metadata(ForeignFields.metadata(Json.strings(metadata), SERVERS_OWN))
            .healthCheck(ForeignFields.healthCheck(Json.optionalText(row, "health_check_url")))
            .build();
    String status = Json.optionalText(row, "status");
    // the server itself hands out healthy ones only, and "unknown" is what no one ever judged
    return status == null || status.equals("unknown")
        ? foreign.withStatus(InstanceStatus.STARTING)
        : ForeignFields.judged(foreign, status);
  }

  /** The names; a foreign server keeps those whose last instance went. */
  @Override
  public Future<Set<String>> services() {
    return link.wire()
        .send(LeaseHeaders.all(Call.get(ROOT + "/services")))
        .map(
            answer -> {
              Set<String> names = new TreeSet<>();
              JsonNode list = answer.json();
              if (!list.isArray()) {
                throw answer.protocol("something else where the list should be", "an array");
              }
              list.forEach(row -> Json.name(row.path("service_name")).ifPresent(names::add));
              return names;
            });
  }
}
