package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchersTest {
  private final ManualTime time = ManualTime.start();
  private final List<String> heard = new ArrayList<>();
  private long revision = 1;
  private boolean read = true;
  private final Watchers watchers =
      new Watchers(
          time,
          service ->
              read
                  ? new ServiceSnapshot(
                      service,
                      revision,
                      List.of(),
                      "test",
                      ServiceSnapshot.Freshness.FRESH,
                      time.instant())
                  : null);

  private final WatchListener listener =
      new WatchListener() {
        @Override
        public void onSnapshot(ServiceSnapshot snapshot) {
          heard.add("list " + snapshot.revision());
        }

        @Override
        public void onError(RegistryException error) {
          heard.add("error");
        }
      };

  private void pass() {
    time.advance(Duration.ofMillis(10));
  }

  @Test
  void a_burst_of_changes_is_one_list() {
    watchers.add("orders", listener);
    pass();
    for (int i = 0; i < 1000; i++) {
      revision++;
      watchers.onChange("orders");
    }
    pass();
    assertEquals(List.of("list 1", "list 1001"), heard);
  }

  @Test
  void the_first_list_waits_for_the_first_read() {
    read = false;
    watchers.add("orders", listener);
    pass();
    assertEquals(List.of(), heard);
    read = true;
    watchers.onRecovery();
    pass();
    assertEquals(List.of("list 1"), heard);
  }

  @Test
  void trouble_and_its_end_are_told_although_the_list_is_the_same() {
    watchers.add("orders", listener);
    pass();
    watchers.onTrouble(new RegistryException.Unavailable("away", null));
    pass();
    watchers.onRecovery();
    pass();
    assertEquals(List.of("list 1", "error", "list 1"), heard);
  }

  @Test
  void a_service_nobody_watches_costs_nothing() {
    watchers.onChange("orders");
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void a_change_of_another_service_is_not_told() {
    watchers.add("orders", listener);
    watchers.add("users", snapshot -> {});
    pass();
    revision++;
    watchers.onChange("users");
    pass();
    assertEquals(List.of("list 1"), heard);
  }

  @Test
  void a_closed_watch_hears_nothing_that_is_under_way() {
    watchers.add("orders", listener).close();
    pass();
    assertEquals(List.of(), heard);
  }

  @Test
  void after_the_end_nobody_hears_anything() {
    watchers.add("orders", listener);
    watchers.end();
    watchers.onTrouble(new RegistryException.Unavailable("away", null));
    pass();
    assertEquals(List.of(), heard);
  }
}
