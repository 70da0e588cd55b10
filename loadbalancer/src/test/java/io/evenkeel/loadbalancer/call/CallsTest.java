package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Outcome.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is answered, what is repeated, and where. */
class CallsTest extends CallFixture {
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
}
