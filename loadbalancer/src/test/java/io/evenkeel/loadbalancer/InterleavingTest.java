package io.evenkeel.loadbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real threads call, cancel, answer late and never, change the list and close, in an order that a
 * seed decides as far as threads let it. Whatever happens: every call ends, and nothing stays in
 * flight.
 */
class InterleavingTest {
  private static final int STEPS = 1_500;
  private static final int CALLS_PER_CHANGE = 10;
  private static final Call CALL =
      Call.repeatable()
          .withAttemptTimeout(Duration.ofMillis(15))
          .withDeadline(Duration.ofMillis(120));

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();
  private final Scheduler wire = Scheduler.daemon("wire");
  private final Scheduler timers = Scheduler.daemon("timers");
  private final Semaphore allowed = new Semaphore(0); // calls that may be made until a change
  private final Semaphore made = new Semaphore(0); // calls that were made since a change
  private final Set<Endpoint> endpoints = ConcurrentHashMap.newKeySet();
  private final Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end_threads() {
    threads.shutdownNow();
    wire.close();
    timers.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void every_call_ends_and_nothing_stays_in_flight(long seed) throws Exception {
    Balancer balancer =
        Balancer.forService(Instances.SERVICE)
            .on(registry)
            .strategy(new InTurn())
            .scheduler(timers)
            .start();
    List<Future<?>> work = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      RandomGenerator random = Randomness.seeded(seed * 100 + i);
      work.add(threads.submit(() -> callMany(balancer, random)));
    }
    RandomGenerator random = Randomness.seeded(seed * 100 + 99);
    work.add(threads.submit(() -> changeMany(balancer, random, seed % 2 == 0)));
    for (Future<?> each : work) {
      each.get(30, TimeUnit.SECONDS);
    }
    CompletableFuture.allOf(
            answers.stream().map(InterleavingTest::ended).toArray(CompletableFuture[]::new))
        .get(30, TimeUnit.SECONDS);
    balancer.close();
    letTimersRun();
    assertEquals(3 * STEPS, answers.size());
    assertFalse(endpoints.isEmpty());
    endpoints.forEach(endpoint -> assertEquals(0, endpoint.inFlight(), endpoint::toString));
    endpoints.forEach(InterleavingTest::assertEachBegunHasEnded);
  }

  /**
   * What was due before has been done, attempts of cancelled calls that were just beginning too.
   */
  private void letTimersRun() throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    timers.schedule(Duration.ZERO, () -> done.complete("done"));
    done.get(30, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Boolean> ended(CompletableFuture<String> answer) {
    return answer.handle((value, error) -> true);
  }

  private static void assertEachBegunHasEnded(Endpoint endpoint) {
    InTurn.Counted tracker = (InTurn.Counted) endpoint.tracker();
    assertEquals(tracker.begun(), tracker.ended());
  }

  private Void callMany(Balancer balancer, RandomGenerator random) throws Exception {
    for (int i = 0; i < STEPS; i++) {
      assertTrue(allowed.tryAcquire(30, TimeUnit.SECONDS));
      int fate = random.nextInt(100);
      CompletableFuture<String> answer =
          balancer.<String>call(CALL, attempt -> send(attempt, fate)).toCompletableFuture();
      answers.add(answer);
      made.release();
      if (random.nextInt(10) == 0) {
        answer.cancel(false);
      }
      if (random.nextInt(10) == 0) {
        acquireOne(balancer, random);
      }
    }
    return null;
  }

  private void acquireOne(Balancer balancer, RandomGenerator random) {
    try {
      Attempt attempt = balancer.acquire(CALL);
      endpoints.add(attempt.endpoint());
      attempt.complete(random.nextBoolean() ? Outcome.success() : Outcome.failure(null));
    } catch (CallException expected) {
      // no list yet, an empty one, or closed
    }
  }

  private CompletionStage<String> send(Attempt attempt, int fate) {
    endpoints.add(attempt.endpoint());
    CompletableFuture<String> answer = new CompletableFuture<>();
    attempt.onAbort(() -> answer.completeExceptionally(new IOException("aborted")));
    if (fate < 40) {
      answer.complete("ok");
    } else if (fate < 55) {
      answer.completeExceptionally(new ConnectException());
    } else if (fate < 75) {
      wire.schedule(Duration.ofMillis(fate % 20), () -> answer.complete("late"));
    } else if (fate < 85) {
      attempt.complete(Outcome.failure(null));
      answer.complete("503");
    } else if (fate < 90) {
      throw new IllegalStateException("a defect");
    } // else never
    return answer;
  }

  /** One change for ten calls, and perhaps a close after half of them. */
  private Void changeMany(Balancer balancer, RandomGenerator random, boolean closes)
      throws Exception {
    int changes = 3 * STEPS / CALLS_PER_CHANGE;
    for (int i = 0; i < changes; i++) {
      registry.push(i == 0 ? Instances.upTo(6) : someInstances(random));
      allowed.release(CALLS_PER_CHANGE);
      assertTrue(made.tryAcquire(CALLS_PER_CHANGE, 30, TimeUnit.SECONDS));
      if (i == changes / 10) {
        balancer.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
      if (i == changes / 2 && closes) {
        balancer.close();
      }
    }
    return null;
  }

  private static List<ServiceInstance> someInstances(RandomGenerator random) {
    List<ServiceInstance> some = new ArrayList<>();
    for (int n = 1; n <= 12; n++) {
      if (random.nextInt(3) > 0) {
        some.add(Instances.instance(n).toBuilder().weight(random.nextInt(3)).build());
      }
    }
    return some;
  }
}
