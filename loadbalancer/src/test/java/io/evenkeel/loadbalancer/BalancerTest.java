package io.evenkeel.loadbalancer;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.AttemptFunction;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.routing.Subset;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Outcome.Kind;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BalancerTest {
  private static final AttemptFunction<String> ANSWERING =
      attempt -> CompletableFuture.completedStage(attempt.instance().id());

  private final ManualTime time = ManualTime.start();
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();

  @Test
  void it_is_ready_when_the_first_list_is_taken_over() {
    Balancer balancer = start();
    CompletableFuture<Balancer> ready = balancer.ready().toCompletableFuture();
    registry.push(upTo(2));
    assertFalse(ready.isDone());
    time.runDue();
    assertSame(balancer, ready.join());
    assertEquals(2, balancer.inRotation().size());
    assertEquals(upTo(2), balancer.snapshot().orElseThrow().instances());
  }

  @Test
  void it_says_what_it_serves_and_since_when_the_registry_has_not_confirmed_it() {
    Balancer balancer = start();
    assertEquals(Duration.ZERO, balancer.snapshotAge());
    registry.push(upTo(2));
    time.advance(Duration.ofSeconds(7));
    assertEquals(Duration.ofSeconds(7), balancer.snapshotAge());
  }

  @Test
  void it_is_ready_also_when_the_first_list_is_empty() {
    Balancer balancer = start();
    registry.push(List.of());
    time.runDue();
    assertTrue(balancer.ready().toCompletableFuture().isDone());
  }

  @Test
  void ready_fails_when_it_is_closed_before() {
    Balancer balancer = start();
    balancer.close();
    assertInstanceOf(CallException.Closed.class, errorOf(balancer.ready().toCompletableFuture()));
  }

  @Test
  void a_call_before_the_first_list_waits_for_it() {
    Balancer balancer = start();
    CompletableFuture<String> answer = call(balancer, Call.once(), ANSWERING);
    time.advance(Duration.ofSeconds(14));
    assertFalse(answer.isDone());
    registry.push(upTo(1));
    time.runDue();
    assertEquals("i1", answer.join());
  }

  @Test
  void a_call_before_the_first_list_fails_at_its_deadline() {
    Balancer balancer = start();
    CompletableFuture<String> answer = call(balancer, Call.once(), ANSWERING);
    time.advance(Duration.ofSeconds(15));
    Throwable error = errorOf(answer);
    assertInstanceOf(CallException.NoInstance.class, error);
    assertEquals("orders: the registry has not answered yet", error.getMessage());
  }

  @Test
  void the_wait_for_the_first_list_counts_towards_the_deadline() {
    Balancer balancer = start();
    CompletableFuture<String> answer =
        call(balancer, Call.once(), attempt -> new CompletableFuture<>());
    time.advance(Duration.ofSeconds(14));
    registry.push(upTo(1));
    time.advance(Duration.ofMillis(1_010));
    assertInstanceOf(CallException.TimedOut.class, errorOf(answer));
  }

  @Test
  void a_call_that_waited_fails_with_the_same_errors_as_one_that_did_not() {
    Balancer balancer = start();
    List<Throwable> seen = new ArrayList<>();
    IOException error = new IOException("it");
    balancer
        .<String>call(Call.once(), attempt -> CompletableFuture.failedStage(error))
        .whenComplete((value, failure) -> seen.add(failure));
    registry.push(upTo(1));
    time.runDue();
    assertSame(error, seen.get(0));
  }

  @Test
  void cancelling_a_call_that_waited_cancels_its_attempt() {
    Balancer balancer = start();
    List<Attempt> attempts = new ArrayList<>();
    CompletableFuture<String> answer =
        call(
            balancer,
            Call.once(),
            attempt -> {
              attempts.add(attempt);
              return new CompletableFuture<>();
            });
    registry.push(upTo(1));
    time.runDue();
    answer.cancel(false);
    assertEquals(Kind.CANCELLED, attempts.get(0).outcome().kind());
    assertEquals(0, balancer.inRotation().get(0).inFlight());
  }

  @Test
  void cancelling_a_call_that_waits_sends_nothing() {
    Balancer balancer = start();
    List<Attempt> attempts = new ArrayList<>();
    CompletableFuture<String> answer =
        call(
            balancer,
            Call.once(),
            attempt -> {
              attempts.add(attempt);
              return new CompletableFuture<>();
            });
    answer.cancel(false);
    registry.push(upTo(1));
    time.runDue();
    assertEquals(List.of(), attempts);
  }

  @Test
  void acquiring_before_the_first_list_says_that_the_registry_has_not_answered() {
    Balancer balancer = start();
    CallException.NoInstance error =
        assertThrows(CallException.NoInstance.class, balancer::acquire);
    assertEquals("orders: the registry has not answered yet", error.getMessage());
  }

  @Test
  void an_acquired_attempt_is_in_flight_until_it_ends() {
    Balancer balancer = start();
    registry.push(upTo(1));
    time.runDue();
    try (Attempt attempt = balancer.acquire()) {
      assertEquals("i1", attempt.instance().id());
      assertEquals(1, balancer.inRotation().get(0).inFlight());
    }
    assertEquals(0, balancer.inRotation().get(0).inFlight());
  }

  @Test
  void closing_fails_what_is_new_in_flight_waiting_and_in_backoff() {
    Balancer balancer = start();
    registry.push(upTo(2));
    time.runDue();
    CompletableFuture<String> inFlight =
        call(balancer, Call.once(), attempt -> new CompletableFuture<>());
    CompletableFuture<String> inBackoff =
        call(
            balancer,
            Call.repeatable(),
            attempt -> CompletableFuture.failedStage(new IOException()));
    Attempt acquired = balancer.acquire();
    balancer.close();
    balancer.close();
    time.runDue();
    assertInstanceOf(CallException.Closed.class, errorOf(inFlight));
    assertInstanceOf(CallException.Closed.class, errorOf(inBackoff));
    assertEquals(Kind.CANCELLED, acquired.outcome().kind());
    CompletableFuture<String> late = call(balancer, Call.once(), ANSWERING);
    assertInstanceOf(CallException.Closed.class, errorOf(late));
    assertThrows(CallException.Closed.class, balancer::acquire);
  }

  @Test
  void closing_fails_a_call_that_waits_for_the_first_list() {
    Balancer balancer = start();
    CompletableFuture<String> waiting = call(balancer, Call.once(), ANSWERING);
    balancer.close();
    assertInstanceOf(CallException.Closed.class, errorOf(waiting));
  }

  @Test
  void a_given_scheduler_is_left_alone_and_without_tasks() {
    Balancer balancer = start();
    registry.push(upTo(2));
    time.runDue();
    balancer.acquire().complete(Outcome.unreachable(new IOException()));
    time.runDue();
    balancer.close();
    time.advance(Duration.ofMillis(10));
    assertEquals(0, time.pendingTasks());
    time.schedule(Duration.ZERO, () -> {});
    assertEquals(1, time.pendingTasks());
  }

  @Test
  void a_registry_that_is_closed_does_not_keep_it_from_starting() {
    registry.refusesWatches(new RegistryException.Closed("scripted:"));
    Balancer balancer = start();
    assertFalse(balancer.ready().toCompletableFuture().isDone());
    balancer.close();
  }

  @Test
  void own_threads_end_with_their_balancers() throws Exception {
    for (int i = 0; i < 100; i++) {
      Balancer balancer =
          Balancer.forService("threads").on(registry).strategy(new InTurn()).start();
      registry.push(snapshot("threads", upTo(2)));
      balancer.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      balancer.close();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("evenkeel-threads")) {
        thread.join(30_000);
        assertFalse(thread.isAlive());
      }
    }
  }

  @Test
  void it_follows_the_other_callers_when_its_aperture_wants_them() {
    Routing aperture = Routing.everywhere().withSubset(new Subset.Aperture(1));
    Balancer balancer = start(aperture.as(new InstanceKey("web", "i2")));
    registry.push(upTo(12));
    time.runDue();
    registry.push(snapshot("web", List.of(instance("web", 1).build(), instance("web", 2).build())));
    time.runDue();
    assertEquals(6, balancer.inRotation().size());
    balancer.close();
    assertEquals(2, registry.watches());
  }

  @Test
  void a_call_with_a_filter_says_when_nobody_suits() {
    Balancer balancer = start();
    registry.push(upTo(2));
    time.runDue();
    Call blue = Call.once().withFilter(InstanceFilter.tag("blue"));
    Throwable error = errorOf(call(balancer, blue, ANSWERING));
    assertInstanceOf(CallException.NoInstance.class, error);
    assertTrue(error.getMessage().contains("suits the call's filter, Tag[tag=blue]"));
    assertThrows(CallException.NoInstance.class, () -> balancer.acquire(blue));
  }

  @Test
  void a_name_that_no_service_may_have_is_refused() {
    for (String name : List.of("", "../../x", "a b", "x".repeat(256))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Balancer.forService(name))
              .getMessage();
      assertTrue(message.startsWith("service: "), message);
    }
  }

  @Test
  void without_a_registry_it_does_not_start_and_says_what_is_missing() {
    BalancerBuilder builder = Balancer.forService(SERVICE);
    String message = assertThrows(IllegalStateException.class, builder::start).getMessage();
    assertEquals("registry: not set (expected: .on(registry))", message);
  }

  private Balancer start() {
    return start(Routing.everywhere());
  }

  private Balancer start(Routing routing) {
    return Balancer.forService(SERVICE)
        .on(registry)
        .strategy(new InTurn())
        .routing(routing)
        .scheduler(time)
        .random(Randomness.seeded(3))
        .start();
  }

  private static CompletableFuture<String> call(
      Balancer balancer, Call call, AttemptFunction<String> function) {
    return balancer.call(call, function).toCompletableFuture();
  }

  private static Throwable errorOf(CompletableFuture<?> answer) {
    assertTrue(answer.isDone(), "not done");
    return assertThrows(CompletionException.class, answer::join).getCause();
  }
}
