package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.evenkeel.strategy.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenAttemptsTest {
  private final Fleet fleet = Fleet.of(2);
  private final OpenAttempts open = new OpenAttempts(fleet.time, fleet.rotation);

  @Test
  void it_has_no_timer_while_idle() {
    assertEquals(0, fleet.time.pendingTasks());
    Attempt attempt = opened(Duration.ofSeconds(1));
    assertEquals(1, fleet.time.pendingTasks());
    attempt.complete(Outcome.success());
    fleet.time.advance(Duration.ofMillis(10));
    assertEquals(0, fleet.time.pendingTasks());
  }

  @Test
  void one_timer_serves_any_number_of_attempts() {
    for (int i = 0; i < 1_000; i++) {
      opened(Duration.ofSeconds(1));
    }
    assertEquals(1, fleet.time.pendingTasks());
    fleet.time.advance(Duration.ofMillis(500));
    assertEquals(1, fleet.time.pendingTasks());
    fleet.time.advance(Duration.ofMillis(500));
    assertEquals(0, fleet.time.pendingTasks());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void each_ends_at_its_own_time_at_most_ten_milliseconds_late() {
    List<Attempt> all = new ArrayList<>();
    for (int millis = 1; millis <= 300; millis++) {
      all.add(opened(Duration.ofMillis(millis)));
    }
    for (int now = 1; now <= 310; now++) {
      fleet.time.advance(Duration.ofMillis(1));
      for (int millis = 1; millis <= 300; millis++) {
        boolean ended = all.get(millis - 1).outcome() != null;
        assertEquals(true, ended ? now >= millis : now < millis + 10, millis + " at " + now);
      }
    }
  }

  @Test
  void ended_attempts_keep_no_other_one_reachable() {
    List<Attempt> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(opened(Duration.ofSeconds(1)));
      all.get(i).complete(Outcome.success());
    }
    fleet.time.advance(Duration.ofMillis(10));
    all.forEach(attempt -> assertNull(attempt.nextOpen));
    assertEquals(0, fleet.time.pendingTasks());
  }

  @Test
  void an_attempt_that_begins_while_others_are_ended_is_ended_too() {
    Attempt first = opened(Duration.ofMillis(10));
    List<Attempt> second = new ArrayList<>();
    first.onAbort(() -> second.add(opened(Duration.ofMillis(10))));
    fleet.time.advance(Duration.ofMillis(10));
    assertEquals(1, second.size());
    fleet.time.advance(Duration.ofMillis(20));
    assertSame(Outcome.timeout(), second.get(0).outcome());
    assertEquals(0, fleet.time.pendingTasks());
  }

  @Test
  void an_error_thrown_by_an_action_does_not_end_all_timeouts() {
    opened(Duration.ofMillis(10))
        .onAbort(
            () -> {
              throw new AssertionError("a defect");
            });
    Attempt later = opened(Duration.ofMillis(50));
    try {
      fleet.time.advance(Duration.ofMillis(10));
    } catch (AssertionError expected) {
      // a daemon scheduler swallows it
    }
    fleet.time.advance(Duration.ofMillis(60));
    assertSame(Outcome.timeout(), later.outcome());
  }

  @Test
  void ending_all_cancels_every_open_one() {
    Attempt old = opened(Duration.ofSeconds(1));
    fleet.time.advance(Duration.ofMillis(20));
    Attempt fresh = opened(Duration.ofSeconds(1));
    open.endAll();
    assertSame(Outcome.cancelled(), old.outcome());
    assertSame(Outcome.cancelled(), fresh.outcome());
    fleet.time.advance(Duration.ofMillis(10));
    assertEquals(0, fleet.time.pendingTasks());
  }

  private Attempt opened(Duration timeout) {
    long deadline = fleet.time.nanoTime() + timeout.toNanos();
    Attempt attempt =
        Attempt.begin(fleet.rotation.pick(Call.once()), fleet.time, 0, deadline, null);
    open.add(attempt);
    return attempt;
  }
}
