package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Deregisters what was registered elsewhere, or in an earlier life of this server, and has been
 * down for as long as its checks allow: who ran these checks may be gone. Where he is not, he does
 * the same. Looks every 30 s, as Consul's reaper does. Event loop only.
 */
final class Orphans {
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final Store store;
  private final Rows rows;
  private final Timers timers;
  private final Map<InstanceKey, Long> downSince = new HashMap<>();
  private final Scheduler.Timer looking;

  Orphans(Store store, Rows rows, Timers timers) {
    this.store = store;
    this.rows = rows;
    this.timers = timers;
    this.looking = timers.every(PERIOD, this::look);
  }

  private void look() {
    long now = timers.nanoTime();
    Set<InstanceKey> down = new HashSet<>();
    for (Entry row : rows.all()) {
      Duration patience = row.sealed().patience();
      boolean isDown = row.stored().status() == InstanceStatus.DOWN;
      if (row.registration() == null && isDown && !patience.isZero()) {
        down.add(row.key());
        if (now - downSince.computeIfAbsent(row.key(), key -> now) > patience.toNanos()) {
          deregister(row);
        }
      }
    }
    downSince.keySet().retainAll(down);
  }

  private void deregister(Entry row) {
    store
        .deregister(row.key(), row.incarnation())
        .onSuccess(
            existed -> {
              if (existed) {
                rows.deregistered(row.key());
              }
            });
  }

  void close() {
    looking.cancel();
  }
}
