package io.evenkeel.http.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.dialect.LeasedWire.Known;
import io.evenkeel.http.engine.Answer;
import io.evenkeel.http.engine.Call;
import io.evenkeel.http.engine.Dialect;
import io.evenkeel.http.engine.LeaseHeaders;
import io.evenkeel.http.engine.Link;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Renewal;
import io.vertx.core.Future;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a registry whose leases run 30 s and whose ids are the whole registry's owes. A server may
 * know an instance by another id than the one sent: that is remembered here, and when the instance
 * is announced again the older entry is removed after the new one is there.
 */
final class LeasedDialect implements Dialect {
  private static final System.Logger LOG = System.getLogger(LeasedDialect.class.getName());

  /** Of a foreign server: a constant in both systems. */
  private static final Duration FOREIGN_TTL = Duration.ofSeconds(30);

  private final Link link;
  private final WireIds ids;
  private final LeasedWire form;
  private final ConcurrentHashMap<InstanceKey, Known> known = new ConcurrentHashMap<>();

  LeasedDialect(Link link, LeasedWire form) {
    this.link = link;
    this.ids = WireIds.read(link.options());
    this.form = form;
  }

  @Override
  public Set<Capability> capabilities() {
    return Set.of(Capability.REGISTER, Capability.RENEW);
  }

  @Override
  public Future<Lease> register(ServiceInstance instance, Lease lease) {
    Call call = form.register(instance, ids.of(instance.key()));
    return link.wire()
        .send(LeaseHeaders.ask(call, lease))
        .map(
            answer -> {
              Known now = known(answer);
              Known before = known.put(instance.key(), now);
              if (before != null && !before.wireId().equals(now.wireId())) {
                removeOlder(before);
              }
              return LeaseHeaders.granted(answer, lease, FOREIGN_TTL);
            });
  }

  private Known known(Answer answer) {
    try {
      return form.known(answer.json());
    } catch (IllegalArgumentException e) {
      throw answer.protocol(String.valueOf(e.getMessage()), "the id of what was registered");
    }
  }

  /** No one waits for it: if it fails, the entry ends with its lease, since no one renews it. */
  private void removeOlder(Known before) {
    link.wire()
        .send(form.remove(before.wireId()).expecting(404))
        .onFailure(error -> LOG.log(Level.DEBUG, "an older entry stays until it expires", error));
  }

  @Override
  public Future<Renewal> renew(InstanceKey key, Lease lease) {
    Known at = known.getOrDefault(key, new Known(ids.of(key), null));
    return link.wire()
        .send(LeaseHeaders.ask(form.renew(at).expecting(404), lease))
        .map(
            answer -> {
              if (answer.status() == 404) {
                known.remove(key, at);
                return Renewal.UNKNOWN;
              }
              answer.json();
              return Renewal.RENEWED;
            });
  }

  @Override
  public Future<Boolean> deregister(InstanceKey key, long incarnation) {
    Known at = known.get(key);
    return remove(at == null ? ids.of(key) : at.wireId(), incarnation)
        .compose(
            answer -> {
              answer.json();
              if (at != null) {
                known.remove(key, at);
              }
              Boolean existed = answer.existed();
              if (existed != null || answer.status() != 404 || at != null) {
                return Future.succeededFuture(existed == null ? answer.status() != 404 : existed);
              }
              return deregisterListed(key, incarnation);
            });
  }

  private Future<Answer> remove(String wireId, long incarnation) {
    return link.wire().send(LeaseHeaders.end(form.remove(wireId).expecting(404), incarnation));
  }

  /** What another process announced to a foreign server has an id that only the list tells. */
  private Future<Boolean> deregisterListed(InstanceKey key, long incarnation) {
    return list(key.service())
        .compose(
            answer -> {
              String wireId = answer.status() == 404 ? null : find(answer, key);
              return wireId == null
                  ? Future.succeededFuture(false)
                  : remove(wireId, incarnation).map(removed -> removed.status() != 404);
            });
  }

  private @Nullable String find(Answer answer, InstanceKey key) {
    for (JsonNode row : form.rows(answer)) {
      if (isOf(row, key)) {
        return form.wireId(row);
      }
    }
    return null;
  }

  private boolean isOf(JsonNode row, InstanceKey key) {
    try {
      ServiceInstance instance = form.instance(row, key.service());
      return instance != null && instance.key().equals(key);
    } catch (IllegalArgumentException e) {
      return false; // a bad row is not the one that is looked for
    }
  }

  @Override
  public Future<List<ServiceInstance>> instances(String service) {
    return list(service)
        .map(
            answer ->
                answer.status() == 404
                    ? new ArrayList<>()
                    : link.rows()
                        .read(answer, form.rows(answer), row -> form.instance(row, service)));
  }

  private Future<Answer> list(String service) {
    return link.wire().send(LeaseHeaders.all(form.list(service)));
  }

  @Override
  public Future<Set<String>> services() {
    return link.wire().send(LeaseHeaders.all(Call.get("/services"))).map(form::names);
  }
}
