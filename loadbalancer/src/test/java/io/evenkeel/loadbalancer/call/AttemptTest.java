package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.strategy.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private final Fleet fleet = Fleet.of(1);
  private final Calls calls = fleet.calls();
  private final AtomicInteger aborts = new AtomicInteger();

  @Test
  void it_is_in_flight_until_it_ends() {
    Attempt attempt = calls.acquire(Call.once());
    assertEquals(1, fleet.inFlight());
    assertNull(attempt.outcome());
    assertTrue(attempt.complete(Outcome.success()));
    assertEquals(0, fleet.inFlight());
    assertTrue(attempt.outcome().isSuccess());
  }

  @Test
  void the_first_end_decides_and_the_tracker_hears_of_one() {
    Attempt attempt = calls.acquire(Call.once());
    attempt.complete(Outcome.failure(null));
    assertFalse(attempt.complete(Outcome.success()));
    attempt.close();
    fleet.time.advance(Duration.ofSeconds(6));
    assertEquals(Outcome.Kind.FAILURE, attempt.outcome().kind());
    assertEquals(1, ((InTurn.Counted) attempt.endpoint().tracker()).ended());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void closed_without_an_outcome_it_is_cancelled_and_aborted_once() {
    Attempt attempt = calls.acquire(Call.once());
    attempt.onAbort(aborts::incrementAndGet);
    attempt.close();
    attempt.close();
    assertSame(Outcome.cancelled(), attempt.outcome());
    assertEquals(1, aborts.get());
  }

  @Test
  void closed_with_an_outcome_it_is_not_aborted() {
    try (Attempt attempt = calls.acquire(Call.once())) {
      attempt.onAbort(aborts::incrementAndGet);
      attempt.complete(Outcome.success());
    }
    fleet.time.advance(Duration.ofSeconds(6));
    assertEquals(0, aborts.get());
  }

  @Test
  void forgotten_past_its_deadline_it_timed_out_and_is_aborted_once() {
    Attempt attempt = calls.acquire(Call.once());
    attempt.onAbort(aborts::incrementAndGet);
    fleet.time.advance(Duration.ofMillis(4_999));
    assertNull(attempt.outcome());
    fleet.time.advance(Duration.ofMillis(11));
    assertSame(Outcome.timeout(), attempt.outcome());
    fleet.time.advance(Duration.ofMinutes(1));
    assertEquals(1, aborts.get());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void what_is_to_be_done_on_abort_runs_at_once_when_it_was_aborted_before() {
    Attempt closed = calls.acquire(Call.once());
    closed.close();
    closed.onAbort(aborts::incrementAndGet);
    Attempt late = calls.acquire(Call.once());
    fleet.time.advance(Duration.ofSeconds(6));
    late.onAbort(aborts::incrementAndGet);
    assertEquals(2, aborts.get());
  }

  @Test
  void the_transport_says_what_the_end_of_its_time_means() {
    Attempt attempt = calls.acquire(Call.once());
    Outcome unsent = Outcome.unreachable(new IllegalStateException("still waiting"));
    attempt.onTimeout(() -> unsent);
    fleet.time.advance(Duration.ofSeconds(6));
    assertSame(unsent, attempt.outcome());
  }

  @Test
  void a_timeout_the_transport_saw_itself_aborts_nothing() {
    Attempt attempt = calls.acquire(Call.once());
    attempt.complete(Outcome.timeout());
    attempt.onAbort(aborts::incrementAndGet);
    assertEquals(0, aborts.get());
  }

  @Test
  void the_last_action_set_counts() {
    Attempt attempt = calls.acquire(Call.once());
    attempt.onAbort(() -> aborts.addAndGet(100));
    attempt.onAbort(aborts::incrementAndGet);
    attempt.close();
    assertEquals(1, aborts.get());
  }

  @Test
  void an_action_that_throws_does_not_keep_others_from_their_end() {
    List<Attempt> all = List.of(calls.acquire(Call.once()), calls.acquire(Call.once()));
    for (Attempt attempt : all) {
      attempt.onAbort(
          () -> {
            throw new IllegalStateException("a defect");
          });
    }
    fleet.time.advance(Duration.ofSeconds(6));
    assertEquals(0, fleet.inFlight());
    assertEquals(0, fleet.time.pendingTasks());
  }

  @Test
  void its_remaining_time_shrinks_to_zero() {
    Attempt attempt = calls.acquire(Call.once().withAttemptTimeout(Duration.ofSeconds(2)));
    assertEquals(Duration.ofSeconds(2), attempt.remaining());
    fleet.time.advance(Duration.ofMillis(1_500));
    assertEquals(Duration.ofMillis(500), attempt.remaining());
    fleet.time.advance(Duration.ofSeconds(9));
    assertEquals(Duration.ZERO, attempt.remaining());
  }

  @Test
  void no_outcome_is_refused_and_ends_nothing() {
    Attempt attempt = calls.acquire(Call.once());
    assertThrows(NullPointerException.class, () -> attempt.complete(null));
    assertEquals(1, fleet.inFlight());
  }

  @Test
  void it_ends_exactly_once_whoever_races() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    CyclicBarrier start = new CyclicBarrier(3);
    for (int round = 0; round < 1_000; round++) {
      LiveEndpoint endpoint = fleet.rotation.pick(Call.once());
      Attempt attempt = Attempt.begin(endpoint, fleet.time, 0, 0, null);
      AtomicInteger winners = new AtomicInteger();
      AtomicInteger hooks = new AtomicInteger();
      Future<?> completing =
          threads.submit(
              () -> race(start, () -> winner(attempt.complete(Outcome.success()), winners)));
      Future<?> closing = threads.submit(() -> race(start, attempt::close));
      Future<?> timingOut =
          threads.submit(
              () ->
                  race(
                      start,
                      () -> {
                        attempt.onAbort(hooks::incrementAndGet);
                        attempt.endByOwner(Outcome.timeout());
                      }));
      completing.get(30, TimeUnit.SECONDS);
      closing.get(30, TimeUnit.SECONDS);
      timingOut.get(30, TimeUnit.SECONDS);
      assertEquals(attempt.outcome().isSuccess() ? 1 : 0, winners.get());
      assertEquals(attempt.outcome().isSuccess() ? 0 : 1, hooks.get());
      assertEquals(0, endpoint.inFlight());
    }
    threads.shutdown();
    InTurn.Counted tracker = (InTurn.Counted) fleet.rotation.inRotation().get(0).tracker();
    assertEquals(1_000, tracker.ended());
  }

  private static void winner(boolean decided, AtomicInteger winners) {
    if (decided) {
      winners.incrementAndGet();
    }
  }

  private static Void race(CyclicBarrier start, Runnable step) throws Exception {
    start.await(30, TimeUnit.SECONDS);
    step.run();
    return null;
  }
}
