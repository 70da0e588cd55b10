package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Outcome.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallsTest {
  private final Fleet fleet = Fleet.of(3);
  private final Calls calls = fleet.calls();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<Long> sentAt = new ArrayList<>();

  @Test
  void a_first_success_is_the_answer() {
    CompletableFuture<String> answer = call(Call.repeatable(), answering("ok"));
    assertEquals("ok", answer.join());
    assertEquals(1, attempts.size());
    assertTrue(attempts.get(0).outcome().isSuccess());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void a_failed_attempt_is_repeated_on_an_instance_not_tried_before() {
    for (int round = 0; round < 50; round++) {
      attempts.clear();
      send(Call.repeatable(), failing(3));
      fleet.time.advance(Duration.ofSeconds(1));
      assertEquals(3, attempts.size());
      assertEquals(3, new HashSet<>(attempts.stream().map(Attempt::instance).toList()).size());
      fleet.time.advance(Duration.ofSeconds(1));
    }
  }

  @Test
  void when_all_were_tried_one_is_tried_again() {
    CompletableFuture<String> answer = call(Call.repeatable().withMaxAttempts(5), failing(4));
    fleet.time.advance(Duration.ofSeconds(5));
    assertEquals("ok", answer.join());
    assertEquals(5, attempts.size());
  }

  @Test
  void there_are_no_more_attempts_than_allowed_and_the_last_error_is_the_calls() {
    CompletableFuture<String> answer = call(Call.repeatable(), failing(99));
    fleet.time.advance(Duration.ofSeconds(15));
    assertEquals(3, attempts.size());
    assertEquals("no 3", assertInstanceOf(IOException.class, errorOf(answer)).getMessage());
  }

  @Test
  void one_attempt_is_never_repeated() {
    CompletableFuture<String> answer = call(Call.repeatable().withMaxAttempts(1), failing(99));
    assertInstanceOf(IOException.class, errorOf(answer));
  }

  @Test
  void what_is_not_idempotent_is_repeated_only_when_it_was_never_sent() {
    CompletableFuture<String> sent = call(Call.once(), failing(1));
    assertInstanceOf(IOException.class, errorOf(sent));
    attempts.clear();
    CompletableFuture<String> refused =
        call(Call.once(), a -> a.number() == 0 ? failed(new ConnectException()) : value("ok"));
    fleet.time.advance(Duration.ofSeconds(1));
    assertEquals("ok", refused.join());
  }

  @Test
  void what_timed_out_and_is_not_idempotent_is_not_repeated() {
    CompletableFuture<String> answer = call(Call.once(), attempt -> new CompletableFuture<>());
    fleet.time.advance(Duration.ofSeconds(6));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
    assertEquals(1, attempts.size());
  }

  @Test
  void local_and_cancelled_outcomes_are_not_repeated() {
    for (Outcome outcome : List.of(Outcome.local(new IOException()), Outcome.cancelled())) {
      attempts.clear();
      CompletableFuture<String> answer =
          call(
              Call.repeatable(),
              attempt -> {
                attempt.complete(outcome);
                return failed(new IOException("it"));
              });
      assertEquals("it", errorOf(answer).getMessage());
      assertEquals(1, attempts.size());
    }
  }

  @Test
  void a_function_that_throws_fails_the_call_at_once_and_blames_nobody() {
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              throw new IllegalStateException("a defect");
            });
    assertEquals("a defect", errorOf(answer).getMessage());
    assertEquals(Kind.LOCAL, attempts.get(0).outcome().kind());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void a_function_that_returns_no_stage_fails_the_call_at_once() {
    CompletableFuture<String> answer = call(Call.repeatable(), attempt -> null);
    assertInstanceOf(NullPointerException.class, errorOf(answer));
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void an_error_reaches_the_caller_and_the_classifier_unwrapped() {
    List<Throwable> judged = new ArrayList<>();
    Calls own = fleet.calls(RetryOptions.defaults(), record(judged));
    IOException cause = new IOException("it");
    CompletionStage<String> stage =
        own.call(Call.once(), attempt -> failed(new CompletionException(cause)));
    List<Throwable> seen = new ArrayList<>();
    stage.whenComplete((value, error) -> seen.add(error));
    assertSame(cause, judged.get(0));
    assertSame(cause, seen.get(0));
  }

  @Test
  void a_classifier_that_fails_leaves_nothing_open() {
    for (Classifier defect : List.<Classifier>of(error -> null, CallsTest::thrown)) {
      Calls own = fleet.calls(RetryOptions.defaults(), defect);
      CompletableFuture<String> answer =
          own.<String>call(Call.repeatable(), attempt -> failed(new IOException("it")))
              .toCompletableFuture();
      assertEquals("it", errorOf(answer).getMessage());
      assertEquals(0, fleet.inFlight());
    }
  }

  @Test
  void an_answer_from_another_thread_is_the_answer() throws Exception {
    CompletableFuture<String> answer =
        call(Call.once(), attempt -> CompletableFuture.supplyAsync(() -> "ok", this::onThread));
    assertEquals("ok", answer.get(30, TimeUnit.SECONDS));
  }

  @Test
  void a_value_with_a_bad_outcome_is_repeated_and_the_last_one_delivered() {
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              attempt.complete(Outcome.failure(null));
              return value("503 number " + attempt.number());
            });
    fleet.time.advance(Duration.ofSeconds(5));
    assertEquals("503 number 2", answer.join());
    assertEquals(3, attempts.size());
  }

  @Test
  void when_nobody_is_left_to_retry_on_the_last_attempts_result_is_delivered() {
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              attempt.complete(Outcome.failure(null));
              return value("503");
            });
    fleet.show(List.of());
    fleet.time.advance(Duration.ofSeconds(5));
    assertEquals("503", answer.join());
    assertEquals(1, attempts.size());
  }

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
        call(Call.repeatable(), a -> a.number() == 0 ? late : new CompletableFuture<>());
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

  @Test
  void cancelling_the_answer_cancels_and_aborts_the_attempt() {
    AtomicInteger aborts = new AtomicInteger();
    CompletableFuture<String> answer =
        call(
            Call.repeatable(),
            attempt -> {
              attempt.onAbort(aborts::incrementAndGet);
              return new CompletableFuture<>();
            });
    answer.cancel(false);
    assertEquals(Kind.CANCELLED, attempts.get(0).outcome().kind());
    assertEquals(1, aborts.get());
    assertEquals(0, fleet.inFlight());
    fleet.time.advance(Duration.ofSeconds(15));
    assertEquals(1, attempts.size());
  }

  @Test
  void cancelling_while_the_function_runs_aborts_what_it_began() {
    AtomicInteger aborts = new AtomicInteger();
    CompletableFuture<Object> ready = new CompletableFuture<>();
    List<CompletableFuture<String>> answer = new ArrayList<>();
    answer.add(
        calls
            .<String>callWhen(
                ready,
                Call.repeatable(),
                attempt -> {
                  answer.get(0).cancel(false);
                  attempt.onAbort(aborts::incrementAndGet);
                  return new CompletableFuture<>();
                })
            .toCompletableFuture());
    ready.complete("now");
    assertEquals(1, aborts.get());
    assertEquals(0, fleet.inFlight());
  }

  @Test
  void cancelling_between_attempts_begins_no_other() {
    CompletableFuture<String> answer = call(Call.repeatable(), failing(99));
    answer.cancel(false);
    fleet.time.advance(Duration.ofSeconds(1));
    assertEquals(1, attempts.size());
    assertThrows(CancellationException.class, answer::join);
  }

  @Test
  void without_anybody_in_rotation_the_message_says_what_is_missing() {
    fleet.show(List.of(Instances.instance(1).toBuilder().weight(0).build()));
    Throwable error = errorOf(call(Call.once(), answering("ok")));
    assertInstanceOf(CallException.NoInstance.class, error);
    assertTrue(error.getMessage().startsWith("orders: no instance is in rotation (expected:"));
    assertThrows(CallException.NoInstance.class, () -> calls.acquire(Call.once()));
  }

  @Test
  void closing_ends_calls_in_flight_between_attempts_and_acquired_attempts() {
    CompletableFuture<String> inFlight = call(Call.repeatable(), a -> new CompletableFuture<>());
    CompletableFuture<String> waiting = call(Call.repeatable(), failing(99));
    Attempt acquired = calls.acquire(Call.once());
    AtomicInteger afterwards = new AtomicInteger();
    calls.close(afterwards::incrementAndGet);
    fleet.time.runDue();
    assertInstanceOf(CallException.Closed.class, errorOf(inFlight));
    assertInstanceOf(CallException.Closed.class, errorOf(waiting));
    assertEquals(Kind.CANCELLED, acquired.outcome().kind());
    assertEquals(0, fleet.inFlight());
    assertEquals(1, afterwards.get());
  }

  @Test
  void after_close_nothing_is_sent_and_nothing_handed_out() {
    calls.close(() -> {});
    CompletableFuture<String> answer = call(Call.once(), answering("ok"));
    assertInstanceOf(CallException.Closed.class, errorOf(answer));
    assertEquals(List.of(), attempts);
    assertThrows(CallException.Closed.class, () -> calls.acquire(Call.once()));
    assertEquals(0, fleet.inFlight());
  }

  private static Outcome thrown(Throwable error) {
    throw new IllegalStateException("a defect");
  }

  private static Classifier record(List<Throwable> judged) {
    return error -> {
      judged.add(error);
      return Outcome.failure(error);
    };
  }

  private void onThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private CompletableFuture<String> call(Call call, AttemptFunction<String> function) {
    return send(call, function).toCompletableFuture();
  }

  private CompletionStage<String> send(Call call, AttemptFunction<String> function) {
    return calls.call(
        call,
        attempt -> {
          attempts.add(attempt);
          sentAt.add(fleet.time.nanoTime());
          return function.send(attempt);
        });
  }

  private static AttemptFunction<String> answering(String text) {
    return attempt -> value(text);
  }

  /** Fails so many times, then answers. */
  private static AttemptFunction<String> failing(int times) {
    AtomicInteger sent = new AtomicInteger();
    return attempt -> {
      int n = sent.incrementAndGet();
      return n <= times ? failed(new IOException("no " + n)) : value("ok");
    };
  }

  private static CompletionStage<String> value(String text) {
    return CompletableFuture.completedStage(text);
  }

  private static CompletionStage<String> failed(Throwable error) {
    return CompletableFuture.failedStage(error);
  }

  private static Throwable errorOf(CompletableFuture<?> answer) {
    assertTrue(answer.isDone(), "not done");
    return assertThrows(CompletionException.class, answer::join).getCause();
  }
}
