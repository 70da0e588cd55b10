package io.evenkeel.http.consul;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An instance as the agent registers it. What Consul has a place for goes there; the rest travels
 * in the service's meta under {@value #OWN}, and only where it is not what everyone assumes.
 */
record Registration(WireIds ids, CheckOptions checks) {
  /** Stands before the keys of what is ours in a service's meta. */
  static final String OWN = "evenkeel-";

  /** The key of the instance's id, where the agent's is another. */
  static final String ID = OWN + "id";

  /** What travels in the meta, by its key in {@link FlatInstance}. */
  static final List<String> CARRIED = List.of("zone", "version", "scheme", "status", "health");

  /** The check that a renewal feeds. */
  static String leaseCheck(String wireId) {
    return "service:" + wireId;
  }

  /** The body of {@code PUT /v1/agent/service/register}. */
  ObjectNode body(ServiceInstance instance, Lease lease) {
    String wireId = ids.of(instance.key());
    ObjectNode body = Json.object();
    body.put("Name", instance.service());
    body.put("ID", wireId);
    body.put("Address", instance.host());
    body.put("Port", instance.port());
    ArrayNode tags = body.putArray("Tags");
    instance.tags().forEach(tags::add);
    body.set("Meta", Json.pairs(meta(instance)));
    ObjectNode weights = body.putObject("Weights");
    weights.put("Passing", Math.max(1, instance.weight())); // Consul knows no 0
    weights.put("Warning", 1);
    putChecks(body, instance, lease);
    return body;
  }

  private Map<String, String> meta(ServiceInstance instance) {
    Map<String, String> meta = new LinkedHashMap<>(instance.metadata());
    Map<String, String> flat = FlatInstance.write(instance);
    for (String key : CARRIED) {
      String value = flat.get(key);
      if (value != null) {
        meta.put(OWN + key, value);
      }
    }
    if (instance.weight() == 0) {
      meta.put(OWN + "weight", "0");
    }
    if (!ids.plain()) {
      meta.put(ID, instance.id());
    }
    return meta;
  }

  private void putChecks(ObjectNode body, ServiceInstance instance, Lease lease) {
    ArrayNode all = Json.array();
    if (checks.byLease()) {
      ObjectNode check = all.addObject();
      check.put("CheckID", leaseCheck(ids.of(instance.key())));
      check.put("TTL", GoDuration.write(lease.ttl()));
      check.put("Status", "passing");
    }
    putAsked(all, instance);
    String after = GoDuration.write(checks.deregisterAfter());
    all.forEach(check -> ((ObjectNode) check).put("DeregisterCriticalServiceAfter", after));
    if (all.size() == 1) {
      body.set("Check", all.get(0));
    } else if (!all.isEmpty()) {
      body.set("Checks", all);
    }
  }

  private void putAsked(ArrayNode all, ServiceInstance instance) {
    HealthCheck asked = checks.asked(instance.healthCheck());
    if (asked instanceof HealthCheck.Http http) {
      String target = http.target();
      boolean path = target.startsWith("/");
      ObjectNode check = all.addObject();
      check.put("HTTP", path ? HttpUrl.of(instance) + target : target);
      putTimes(check, http.interval(), http.timeout());
    } else if (asked instanceof HealthCheck.Tcp tcp) {
      ObjectNode check = all.addObject();
      check.put("TCP", HttpUrl.of(instance).substring(instance.scheme().length() + 3));
      putTimes(check, tcp.interval(), tcp.timeout());
    }
  }

  private static void putTimes(ObjectNode check, Duration interval, Duration timeout) {
    check.put("Interval", GoDuration.write(interval));
    check.put("Timeout", GoDuration.write(timeout));
  }
}
