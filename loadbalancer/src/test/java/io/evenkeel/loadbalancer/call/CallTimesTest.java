package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Outcome.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Timeouts, deadlines, waits and the budget. */
class CallTimesTest extends CallFixture {
  @Test
  void an_attempt_without_an_answer_is_aborted_and_repeated_elsewhere() {
    AtomicInteger aborts = new AtomicInteger();
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              attempt.onAbort(aborts::incrementAndGet);
              return attempt.number() == 0 ? new CompletableFuture<>() : value("ok");
            });
    fleet.time.advance(Duration.ofMillis(5_035));
    assertEquals("ok", answer.join());
    assertEquals(1, aborts.get());
    assertEquals(Kind.TIMEOUT, attempts.get(0).outcome().kind());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void the_late_answer_of_a_timed_out_attempt_is_ignored() {
    CompletableFuture<String> late = new CompletableFuture<>();
    CompletableFuture<String> answer =
        call(
            Call.repeatable().withMaxAttempts(2),
            attempt -> attempt.number() == 0 ? late : new CompletableFuture<>());
    fleet.time.advance(Duration.ofMillis(5_035));
    late.complete("late");
    assertEquals(2, attempts.size());
    assertFalse(answer.isDone());
    fleet.time.advance(Duration.ofSeconds(15));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
  }

  @Test
  void what_the_transport_says_of_being_aborted_is_not_the_answer() {
    CompletableFuture<String> answer =
        call(
            Call.once(),
            attempt -> {
              CompletableFuture<String> connection = new CompletableFuture<>();
              attempt.onAbort(() -> connection.completeExceptionally(new IOException("reset")));
              return connection;
            });
    fleet.time.advance(Duration.ofSeconds(6));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
  }

  @Test
  void an_action_on_abort_that_throws_does_not_keep_the_call_from_its_end() {
    CompletableFuture<String> answer =
        call(
            Call.once(),
            attempt -> {
              attempt.onAbort(() -> thrown(null));
              return new CompletableFuture<>();
            });
    fleet.time.advance(Duration.ofSeconds(6));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
  }

  @Test
  void an_attempt_whose_outcome_is_known_but_not_its_value_is_ended_and_aborted_too() {
    AtomicInteger aborts = new AtomicInteger();
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              attempt.onAbort(aborts::incrementAndGet);
              attempt.complete(Outcome.success());
              return new CompletableFuture<>();
            });
    fleet.time.advance(Duration.ofSeconds(6));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
    assertEquals(1, aborts.get());
  }

  @Test
  void a_timeout_names_service_and_instance_and_the_error_before() {
    CompletableFuture<String> answer =
        call(
            Call.repeatable().withMaxAttempts(2),
            a -> a.number() == 0 ? failed(new IOException("first")) : new CompletableFuture<>());
    fleet.time.advance(Duration.ofSeconds(6));
    Throwable error = errorOf(answer);
    String last = attempts.get(1).instance().id();
    assertEquals("orders: no answer from " + last + " in time", error.getMessage());
    assertEquals("first", error.getCause().getMessage());
  }

  @Test
  void the_total_deadline_holds_with_its_waits_to_one_sweep() {
    for (int millis = 100; millis <= 12_000; millis += 700) {
      Call call = Call.repeatable().withMaxAttempts(10).withDeadline(Duration.ofMillis(millis));
      long begun = fleet.time.nanoTime();
      List<Long> ends = new ArrayList<>();
      send(call, attempt -> new CompletableFuture<>())
          .whenComplete((value, error) -> ends.add(fleet.time.nanoTime() - begun));
      fleet.time.advance(Duration.ofSeconds(20));
      assertEquals(1, ends.size());
      long limit = Duration.ofMillis(millis + 10).toNanos();
      assertTrue(ends.get(0) <= limit, "deadline " + millis + " ended at " + ends);
    }
  }

  @Test
  void a_wait_that_would_pass_the_deadline_is_not_begun() {
    Call call = Call.repeatable().withMaxAttempts(10).withDeadline(Duration.ofMillis(1));
    CompletableFuture<String> answer = call(call, failing(99));
    fleet.time.advance(Duration.ofMillis(1));
    assertInstanceOf(IOException.class, errorOf(answer));
  }

  @Test
  void nothing_is_sent_when_the_process_slept_past_the_deadline() {
    Call call = Call.repeatable().withDeadline(Duration.ofSeconds(1));
    CompletableFuture<String> answer = call(call, failing(99));
    fleet.time.pause(Duration.ofSeconds(2));
    assertEquals("no 1", errorOf(answer).getMessage());
    assertEquals(1, attempts.size());
  }

  @Test
  void waits_between_attempts_are_jittered_within_bounds_that_double() {
    long[] longest = new long[4];
    for (int round = 0; round < 40; round++) {
      sentAt.clear();
      send(Call.repeatable().withMaxAttempts(5), failing(99));
      fleet.time.advance(Duration.ofSeconds(10));
      for (int n = 0; n < 4; n++) {
        longest[n] = Math.max(longest[n], (sentAt.get(n + 1) - sentAt.get(n)) / 1_000_000);
      }
    }
    for (int n = 0; n < 4; n++) {
      int bound = 25 << n;
      assertTrue(longest[n] <= bound && longest[n] > bound / 2, n + ": " + longest[n]);
    }
  }

  @Test
  void with_all_instances_failing_retries_stay_within_the_budget() {
    for (int i = 0; i < 10_000; i++) {
      send(Call.repeatable(), failing(Integer.MAX_VALUE));
      fleet.time.advance(Duration.ofMillis(10));
    }
    int seconds = 100;
    assertTrue(attempts.size() <= 12_000 + 10 * seconds + 100, "attempts " + attempts.size());
    assertTrue(attempts.size() >= 12_500, "attempts " + attempts.size());
  }
}
