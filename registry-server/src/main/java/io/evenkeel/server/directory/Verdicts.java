package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the registry what the checks of an instance make of it, so that every dialect and every
 * reader of the registry knows. One write of a row is under way at a time; what a check says
 * meanwhile is looked at when it has ended. Event loop only.
 */
final class Verdicts {
  private final Store store;
  private final Rows rows;
  private final Timers timers;

  Verdicts(Store store, Rows rows, Timers timers) {
    this.store = store;
    this.rows = rows;
    this.timers = timers;
  }

  /** What the instance says of itself, unless its checks object. */
  static ServiceInstance judged(ServiceInstance announced, List<CheckState> checks) {
    if (!announced.status().takesTraffic()) {
      return announced;
    }
    boolean critical = false;
    for (CheckState check : checks) {
      if (check.definition().kind() == CheckDefinition.Kind.MAINTENANCE) {
        return announced.withStatus(InstanceStatus.OUT_OF_SERVICE);
      }
      critical |= check.status() == CheckStatus.CRITICAL;
    }
    return critical ? announced.withStatus(InstanceStatus.DOWN) : announced;
  }

  Future<Void> report(Entry row, CheckState check, CheckStatus status, String output) {
    if (check.says(status, output, timers.nanoTime())) {
      rows.touch(row, check);
    }
    return settle(row);
  }

  private static ServiceInstance saying(Entry row, LeaseWord word, InstanceStatus status) {
    Map<String, String> metadata = new LinkedHashMap<>(row.stored().metadata());
    word.writeTo(metadata);
    return row.stored().toBuilder().metadata(metadata).status(status).build();
  }

  /**
   * The lease's check of a row that was registered elsewhere says something: the registry is told,
   * and through it the replica that knows what else the instance is checked by.
   */
  Future<Void> reportElsewhere(Entry row, CheckStatus status, Lease lease) {
    LeaseWord before = row.sealed().word();
    LeaseWord word = new LeaseWord(before.checkId(), status, before.ttl());
    InstanceStatus said = row.stored().status();
    boolean byCheck = said == InstanceStatus.UP || said == InstanceStatus.DOWN;
    boolean critical = status == CheckStatus.CRITICAL;
    InstanceStatus judged = critical ? InstanceStatus.DOWN : InstanceStatus.UP;
    ServiceInstance stored = saying(row, word, byCheck ? judged : said);
    // also where it says nothing new as far as is known here: another may have told another replica
    return store
        .register(stored, lease)
        .map(
            grant -> {
              rows.put(stored);
              return null;
            });
  }

  /** Completes when the registry says of a row what its checks say. */
  Future<Void> settle(Entry row) {
    Registration registration = row.registration();
    if (registration == null || row.isExpired() || row.isSettling()) {
      return Future.succeededFuture();
    }
    ServiceInstance judged = judged(registration.instance(), row.checks());
    LeaseWord word = registration.leaseWord(row.checks());
    if (judged.status() == row.stored().status() && word.equals(row.sealed().word())) {
      return Future.succeededFuture();
    }
    ServiceInstance stored = saying(row, word, judged.status());
    row.settling(true);
    return store
        .register(stored, new Lease(row.ttl(), row.incarnation()))
        .onComplete(ended -> row.settling(false))
        .compose(
            grant -> {
              boolean stillThere = rows.entry(row.key()).filter(now -> now == row).isPresent();
              if (!stillThere || !registration.equals(row.registration())) {
                return Future.succeededFuture(); // it was replaced or has gone meanwhile
              }
              rows.put(stored);
              return settle(row);
            });
  }
}
