package io.evenkeel.server.dialect;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Renewal;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.web.Request;
import io.vertx.core.Future;
import java.util.Optional;

/** Renewals and deregistrations in the dialects that name an instance by its wire id alone. */
final class Leases {
  private final Directory directory;

  Leases(Directory directory) {
    this.directory = directory;
  }

  /** Unknown where there is no such row; of our own clients the registry is asked all the same. */
  Future<Renewal> renew(Request request, String wireId) {
    Asked asked = Asked.of(request);
    return directory
        .find(wireId)
        .map(row -> key(row, asked, wireId))
        .compose(
            key ->
                key.isEmpty()
                    ? Future.succeededFuture(Renewal.UNKNOWN)
                    : renew(key.get(), asked, request.owner()));
  }

  private Future<Renewal> renew(InstanceKey key, Asked asked, String owner) {
    return asked.incarnation().isPresent() && asked.ttl().isPresent()
        ? directory.renew(key, new Lease(asked.ttl().get(), asked.incarnation().getAsLong()), owner)
        : directory.renew(key, asked.incarnation(), owner);
  }

  /** Completes with whether it was there; see {@link #renew}. */
  Future<Boolean> deregister(Request request, String wireId) {
    Asked asked = Asked.of(request);
    return directory
        .find(wireId)
        .map(row -> key(row, asked, wireId))
        .compose(
            key ->
                key.isEmpty()
                    ? Future.succeededFuture(false)
                    : directory.deregister(key.get(), asked.incarnation(), request.owner()));
  }

  private static Optional<InstanceKey> key(Optional<Entry> row, Asked asked, String wireId) {
    return asked.incarnation().isPresent()
        ? row.map(Entry::key).or(() -> Announced.key(wireId))
        : row.map(Entry::key);
  }
}
