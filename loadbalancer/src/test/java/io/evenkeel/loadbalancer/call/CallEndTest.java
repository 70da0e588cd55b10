package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.strategy.Outcome.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Calls that are cancelled, or whose balancer closes. */
class CallEndTest extends CallFixture {
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
}
