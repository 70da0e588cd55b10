package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that wait for an instance which has fallen silent. */
class StrandedTest extends CallFixture {
  private static final Duration LIMIT = Duration.ofMillis(500); // of a service this quick
  private static final Duration SOON = LIMIT.plusMillis(20); // two sweeps later
  private static final RetryOptions AT_ONCE =
      new RetryOptions(Backoff.constant(Duration.ofMillis(1)), 0.2, 10);
  private static final RetryOptions NO_BUDGET = new RetryOptions(AT_ONCE.backoff(), 0, 0);

  private final Calls quick = fleet.calls(AT_ONCE, Classifier.byException());
  private String silent = "";

  /** Two hundred answers in a second, so that it is known what is late. */
  @BeforeEach
  void becomeKnown() {
    becomeKnown(quick);
    silent = "i1";
    attempts.clear();
  }

  private void becomeKnown(Calls of) {
    for (int i = 0; i < 220; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      of.call(Call.repeatable(), attempt -> answer);
      fleet.time.advance(Duration.ofMillis(5));
      answer.complete("ok");
    }
  }

  private CompletableFuture<String> waiting(Calls of, Call call) {
    return of.call(call.withPreferred("i1"), this::answerUnlessSilent).toCompletableFuture();
  }

  private CompletableFuture<String> answerUnlessSilent(Attempt attempt) {
    attempts.add(attempt);
    boolean answers = !attempt.instance().id().equals(silent);
    return answers ? CompletableFuture.completedFuture("ok") : new CompletableFuture<>();
  }

  @Test
  void a_repeatable_call_begins_elsewhere_long_before_its_attempt_is_over() {
    CompletableFuture<String> answer = waiting(quick, Call.repeatable());
    fleet.time.advance(LIMIT);
    assertFalse(answer.isDone());
    fleet.time.advance(SOON.minus(LIMIT).plusMillis(2));
    assertEquals("ok", answer.getNow("nothing yet"));
    assertEquals(2, attempts.size());
    assertEquals(Outcome.timeout(), attempts.get(0).outcome());
  }

  @Test
  void what_waits_for_it_is_aborted() {
    List<String> aborted = new ArrayList<>();
    quick.call(
        Call.repeatable().withPreferred("i1"),
        attempt -> {
          attempt.onAbort(() -> aborted.add(attempt.instance().id()));
          return answerUnlessSilent(attempt);
        });
    fleet.time.advance(SOON);
    assertEquals(List.of("i1"), aborted);
  }

  @Test
  void a_call_that_is_not_idempotent_keeps_waiting() {
    CompletableFuture<String> answer = waiting(quick, Call.once());
    fleet.time.advance(Duration.ofMillis(1_800));
    assertFalse(answer.isDone());
    assertNull(attempts.get(0).outcome());
    assertFalse(fleet.inRotation("i1"));
  }

  @Test
  void an_attempt_of_ones_own_keeps_waiting() {
    Attempt attempt = quick.acquire(Call.repeatable().withPreferred("i1"));
    fleet.time.advance(Duration.ofMillis(1_800));
    assertNull(attempt.outcome());
    assertFalse(fleet.inRotation("i1"));
  }

  @Test
  void the_last_attempt_of_a_call_keeps_waiting() {
    CompletableFuture<String> answer = waiting(quick, Call.repeatable().withMaxAttempts(1));
    fleet.time.advance(Duration.ofMillis(1_800));
    assertFalse(answer.isDone());
  }

  @Test
  void beginning_elsewhere_takes_from_the_retry_budget_and_without_any_it_waits() {
    Calls poor = fleet.calls(NO_BUDGET, Classifier.byException());
    becomeKnown(poor);
    CompletableFuture<String> answer = waiting(poor, Call.repeatable());
    fleet.time.advance(Duration.ofMillis(1_800));
    assertFalse(answer.isDone(), "it was given up for an attempt that is not allowed");
    fleet.time.advance(Duration.ofSeconds(30));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
  }

  @Test
  void of_many_that_wait_as_many_begin_elsewhere_as_the_budget_has() {
    Calls some = fleet.calls(new RetryOptions(AT_ONCE.backoff(), 0, 1), Classifier.byException());
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      answers.add(waiting(some, Call.repeatable()));
    }
    fleet.time.advance(Duration.ofMillis(600));
    assertEquals(10, answers.stream().filter(CompletableFuture::isDone).count());
    assertEquals(25, attempts.size());
  }

  @Test
  void without_time_for_another_attempt_it_keeps_waiting() {
    Backoff late = Backoff.constant(Duration.ofSeconds(1));
    Calls slow = fleet.calls(new RetryOptions(late, 0.2, 10), Classifier.byException());
    Call hurried = Call.repeatable().withDeadline(Duration.ofMillis(1_400));
    CompletableFuture<String> answer = waiting(slow, hurried);
    fleet.time.advance(Duration.ofMillis(1_300));
    assertFalse(answer.isDone());
    assertNull(attempts.get(0).outcome());
  }

  @Test
  void what_was_not_even_sent_begins_elsewhere_too() {
    CompletableFuture<String> answer =
        quick
            .call(
                Call.repeatable().withPreferred("i1"),
                attempt -> {
                  attempt.onTimeout(() -> Outcome.local(new TimeoutException("not sent")));
                  return answerUnlessSilent(attempt);
                })
            .toCompletableFuture();
    fleet.time.advance(SOON.plusMillis(2));
    assertEquals("ok", answer.getNow("nothing yet"));
  }

  @Test
  void an_instance_that_answers_others_keeps_its_long_call() {
    silent = "";
    List<Attempt> sent = new ArrayList<>();
    CompletableFuture<String> report = new CompletableFuture<>();
    quick.call(Call.repeatable().withPreferred("i1"), attempt -> sent.add(attempt) ? report : null);
    for (int i = 0; i < 18; i++) {
      assertTrue(waiting(quick, Call.repeatable()).isDone());
      fleet.time.advance(Duration.ofMillis(100));
    }
    assertTrue(fleet.inRotation("i1"));
    assertEquals(1, sent.size());
  }

  @Test
  void one_that_has_not_waited_for_long_is_given_its_time() {
    CompletableFuture<String> first = waiting(quick, Call.repeatable());
    fleet.time.advance(Duration.ofMillis(400));
    CompletableFuture<String> second = waiting(quick, Call.repeatable());
    fleet.time.advance(Duration.ofMillis(130));
    assertTrue(first.isDone());
    fleet.time.advance(Duration.ofMillis(360));
    assertFalse(second.isDone());
    fleet.time.advance(Duration.ofMillis(40));
    assertTrue(second.isDone());
  }

  @Test
  void while_little_is_known_a_call_waits_for_its_time() {
    Fleet unknown = Fleet.of(3);
    Calls calls = unknown.calls();
    CompletableFuture<String> answer = waiting(calls, Call.repeatable());
    unknown.time.advance(Duration.ofMillis(1_800));
    assertFalse(answer.isDone());
    assertTrue(unknown.inRotation("i1"));
  }
}
