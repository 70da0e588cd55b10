package io.evenkeel.server.check;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What time alone does to checks: a TTL that nobody fed turns critical, and a check that has been
 * critical for too long takes its instance along. Looks once a second. The TTL that an instance's
 * lease stands for is the registry's affair, and it runs out there. Event loop only.
 */
final class CheckClock {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Directory directory;
  private final Map<InstanceKey, Entry> rows = new HashMap<>();
  private final Scheduler.Timer looking;

  CheckClock(Directory directory) {
    this.directory = directory;
    this.looking = directory.timers().every(PERIOD, this::look);
  }

  /** Remembers a row that time can do something to. */
  void follow(Entry row) {
    boolean timed = false;
    for (CheckState check : row.checks()) {
      CheckDefinition definition = check.definition();
      timed |= definition.deregisterAfter() != null || isFedByReports(row, check);
    }
    if (timed) {
      rows.put(row.key(), row);
    } else {
      rows.remove(row.key());
    }
  }

  void forget(InstanceKey key) {
    rows.remove(key);
  }

  private static boolean isFedByReports(Entry row, CheckState check) {
    CheckDefinition definition = check.definition();
    return definition.kind() == CheckDefinition.Kind.TTL && !row.isLeaseCheck(definition.id());
  }

  private void look() {
    for (Entry row : List.copyOf(rows.values())) {
      if (!row.isExpired()) { // then the directory buries it
        look(row);
      }
    }
  }

  private void look(Entry row) {
    long now = directory.timers().nanoTime();
    for (CheckState check : row.checks()) {
      CheckDefinition definition = check.definition();
      Duration silence = Duration.ofNanos(now - check.heardAt());
      boolean expired = isFedByReports(row, check) && silence.compareTo(definition.interval()) > 0;
      if (expired && check.status() != CheckStatus.CRITICAL) {
        directory.report(row, check, CheckStatus.CRITICAL, "TTL expired");
      }
      Duration patience = definition.deregisterAfter();
      boolean critical = check.status() == CheckStatus.CRITICAL;
      if (critical && patience != null && now - check.since() > patience.toNanos()) {
        rows.remove(row.key());
        directory
            .deregister(row.key(), OptionalLong.of(row.incarnation()), row.owner())
            .onFailure(away -> rows.put(row.key(), row)); // then a second later
        return;
      }
    }
  }

  void close() {
    looking.cancel();
  }
}
