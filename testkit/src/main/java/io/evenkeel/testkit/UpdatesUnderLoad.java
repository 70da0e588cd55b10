package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Some threads pick without a pause, and begin and end an attempt each time, while another replaces
 * the picker again and again: far more often than 100 times a second.
 */
final class UpdatesUnderLoad {
  private static final int UPDATES = 2_000;
  private static final int PICKING_THREADS = 3;

  private final BalancingStrategy strategy;
  private final List<List<TestEndpoint>> lists;
  private final AtomicBoolean updated = new AtomicBoolean();
  private final AtomicInteger roles = new AtomicInteger();
  private volatile Published published; // written by the updating thread only

  private UpdatesUnderLoad(BalancingStrategy strategy, List<List<TestEndpoint>> lists) {
    this.strategy = strategy;
    this.lists = lists;
    this.published = publication(lists.get(0), null);
  }

  /** Fails when a pick fails, finds nothing, or finds an endpoint outside the picker's own list. */
  static void run(BalancingStrategy strategy, List<List<TestEndpoint>> lists) {
    UpdatesUnderLoad run = new UpdatesUnderLoad(strategy, lists);
    Racing.in(1 + PICKING_THREADS, run::takeRole);
  }

  private int takeRole() {
    return roles.getAndIncrement() == 0 ? update() : pickUntilUpdated();
  }

  private int update() {
    try {
      for (int i = 1; i <= UPDATES; i++) {
        published = publication(lists.get(i % lists.size()), published.picker);
      }
      return UPDATES;
    } finally {
      updated.set(true);
    }
  }

  private Published publication(List<TestEndpoint> list, @Nullable Picker previous) {
    return new Published(list, strategy.newPicker(Picks.alike(list), previous));
  }

  private int pickUntilUpdated() {
    int picks = 0;
    do {
      Published now = published;
      Endpoint picked = Picks.one(now.picker);
      assertTrue(now.list.contains(picked), picked + " is not in " + now.list);
      ((TestEndpoint) picked).begin().end(Outcome.success());
      picks++;
    } while (!updated.get());
    return picks;
  }

  private record Published(List<TestEndpoint> list, Picker picker) {}
}
