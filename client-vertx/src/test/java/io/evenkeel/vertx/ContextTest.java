package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The user's function and callbacks run on the caller's context, and nothing blocks it. */
class ContextTest {
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  /** Sends a request on a context; completes with the contexts of function calls and callback. */
  private static Future<List<Context>> observed(Context caller, ServiceRequest request) {
    Promise<List<Context>> done = Promise.promise();
    List<Context> seen = new CopyOnWriteArrayList<>();
    caller.runOnContext(
        go ->
            request
                .send(
                    bound -> {
                      seen.add(Vertx.currentContext());
                      return bound.send();
                    })
                .onComplete(
                    answer -> {
                      seen.add(Vertx.currentContext());
                      done.complete(seen);
                    }));
    return done.future();
  }

  private static void assertAll(Context caller, int size, List<Context> seen) {
    assertEquals(Collections.nCopies(size, caller), seen);
  }

  private Context eventLoop() {
    return ((VertxInternal) bench.vertx).createEventLoopContext();
  }

  @Test
  void function_and_callback_run_on_the_callers_event_loop() {
    bench.answering(200);
    Context caller = eventLoop();

    assertAll(caller, 2, Await.value(observed(caller, bench.client().get("orders", "/"))));
  }

  @Test
  void they_still_do_when_the_balancer_is_known_already() {
    bench.answering(200);
    BalancedWebClient client = bench.client();
    Await.value(client.get("orders", "/").send());
    Context caller = eventLoop();

    assertAll(caller, 2, Await.value(observed(caller, client.get("orders", "/"))));
  }

  @Test
  void they_still_do_after_a_retry() {
    bench.answering(503, 503, 200);
    Context caller = eventLoop();

    assertAll(caller, 4, Await.value(observed(caller, bench.client().get("orders", "/"))));
  }

  @Test
  void they_still_do_after_a_timeout() {
    bench.add(bench.servers.silent());
    Context caller = eventLoop();
    ServiceRequest request =
        bench.client().get("orders", "/").attemptTimeout(Duration.ofMillis(100)).maxAttempts(2);

    assertAll(caller, 3, Await.value(observed(caller, request)));
  }

  @Test
  void they_still_do_when_there_is_no_instance() {
    BalancedWebClient client = bench.client();
    Context caller = eventLoop();

    assertAll(caller, 1, Await.value(observed(caller, client.get("unknown", "/"))));
  }

  @Test
  void a_duplicated_context_is_kept_with_its_locals() {
    bench.answering(503, 200);
    Context caller = ((ContextInternal) eventLoop()).duplicate();

    assertAll(caller, 3, Await.value(observed(caller, bench.client().get("orders", "/"))));
  }

  @Test
  void a_worker_context_is_kept() {
    bench.answering(503, 200);
    Context caller = ((VertxInternal) bench.vertx).createWorkerContext();

    List<Context> seen = Await.value(observed(caller, bench.client().get("orders", "/")));

    assertTrue(caller.isWorkerContext());
    assertAll(caller, 3, seen);
  }

  @Test
  void a_thread_without_a_context_gets_one_for_the_whole_request() {
    bench.answering(503, 200);
    Set<Context> seen = ConcurrentHashMap.newKeySet();

    Await.value(
        bench
            .client()
            .get("orders", "/")
            .send(
                bound -> {
                  seen.add(Vertx.currentContext());
                  return bound.send();
                })
            .onComplete(answer -> seen.add(Vertx.currentContext())));

    assertEquals(1, seen.size());
    assertTrue(seen.iterator().next().isEventLoopContext());
  }

  @Test
  void instances_of_a_verticle_share_a_client_each_on_its_own_context() {
    bench.answering(200, 503, 200);
    BalancedWebClient client = bench.client();
    List<Boolean> results = new CopyOnWriteArrayList<>();

    Await.value(
        bench.vertx.deployVerticle(
            () -> new Caller(client, results), new DeploymentOptions().setInstances(4)));

    assertEquals(Collections.nCopies(4, true), results);
  }

  @Test
  void worker_verticles_share_a_client_likewise() {
    bench.answering(200, 503, 200);
    BalancedWebClient client = bench.client();
    List<Boolean> results = new CopyOnWriteArrayList<>();

    Await.value(
        bench.vertx.deployVerticle(
            () -> new Caller(client, results),
            new DeploymentOptions().setInstances(4).setThreadingModel(ThreadingModel.WORKER)));

    assertEquals(Collections.nCopies(4, true), results);
  }

  /** Sends five requests one after the other, and says whether all ran on its context. */
  private static final class Caller extends VerticleBase {
    private final BalancedWebClient client;
    private final List<Boolean> results;

    private Caller(BalancedWebClient client, List<Boolean> results) {
      this.client = client;
      this.results = results;
    }

    @Override
    public Future<?> start() {
      return send(5, true).onSuccess(results::add);
    }

    private Future<Boolean> send(int left, boolean good) {
      return left == 0
          ? Future.succeededFuture(good)
          : client
              .get("orders", "/")
              .send(bound -> Vertx.currentContext() == context ? bound.send() : wrongContext())
              .compose(answer -> send(left - 1, good && Vertx.currentContext() == context));
    }

    private static <T> Future<T> wrongContext() {
      return Future.failedFuture("the function runs on another context");
    }
  }

  /**
   * A loop may be late because the machine is busy, so only a thread that is seen waiting counts.
   */
  @Test
  void nothing_blocks_an_event_loop() throws IOException {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(2)
            .setBlockedThreadCheckInterval(10)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(50)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    List<String> blocked = new CopyOnWriteArrayList<>();
    try (TestBench watched = TestBench.open(options)) {
      ((VertxInternal) watched.vertx)
          .blockedThreadChecker()
          .setThreadBlockedHandler(event -> noteIfWaiting(event.thread(), blocked));
      watched.answering(200, 503, 200);
      watched.refusing();
      BalancedWebClient client = watched.client();
      for (int i = 0; i < 50; i++) {
        Await.value(observed(watched.vertx.getOrCreateContext(), client.get("orders", "/")));
      }
    }
    assertEquals(List.of(), blocked);
  }

  private static void noteIfWaiting(Thread thread, List<String> blocked) {
    Thread.State state = thread.getState();
    String stack = Arrays.toString(thread.getStackTrace());
    if (state != Thread.State.RUNNABLE && stack.contains("io.evenkeel")) {
      blocked.add(state + " " + stack);
    }
  }
}
