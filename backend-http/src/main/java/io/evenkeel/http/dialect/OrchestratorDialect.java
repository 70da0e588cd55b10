package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.UriForm;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An orchestrator with services under {@code /services} that are pinged within 30 s. It knows
 * entries, not names: a service is made of the entries that say they are its instances.
 */
public final class OrchestratorDialect implements Dialect {
  /** Base path allowed; {@code service-key}, {@code token}, {@code ids}. */
  public static final UriForm URI =
      new UriForm(
          9000,
          true,
          List.of(new UriForm.Secret("service-key", "X-Service-Key", ""), UriForm.bearerToken()),
          Set.of(WireIds.PARAMETER));

  private final OrchestratorForm form;
  private final LeasedDialect leases;

  /** Makes the dialect on a wire. */
  public OrchestratorDialect(Link link) {
    this.form = new OrchestratorForm(link.options(), WireIds.read(link.options()));
    this.leases = new LeasedDialect(link, form);
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.REGISTER, Capability.RENEW);
  }

  @Override
  public Future<Lease> register(ServiceInstance instance, Lease lease) {
    return leases.register(instance, lease);
  }

  @Override
  public Future<Renewal> renew(InstanceKey key, Lease lease) {
    return leases.renew(key, lease);
  }

  @Override
  public Future<Boolean> deregister(InstanceKey key, long incarnation) {
    return leases.deregister(key, incarnation);
  }

  @Override
  public Future<List<ServiceInstance>> instances(String service) {
    return leases.instances(service);
  }

  @Override
  public Future<Set<String>> services() {
    return leases
        .list("")
        .map(
            answer -> {
              JsonNode rows = form.rows(answer);
              if (!rows.isArray()) {
                throw answer.protocol("something else where the list should be", "an array");
              }
              Set<String> names = new TreeSet<>();
              rows.forEach(row -> name(row).ifPresent(names::add));
              return names;
            });
  }

  private static Optional<String> name(JsonNode row) {
    try {
      return Json.name(Json.string(OrchestratorForm.service(row)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a bad row costs that row
    }
  }
}
