package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.time.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests at once. */
class LoadTest {
  private static final int CONTEXTS = 4;
  private static final int IN_TURN = 50; // one after the other
  private static final int AT_ONCE = 10; // per context

  private final TestBench bench = TestBench.open();
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  @Test
  void all_of_2000_requests_succeed_while_one_instance_fails_and_one_dies() {
    TestServer dying = bench.answering(200, 503, 200).get(0);
    BalancedWebClient client =
        bench.builder(balancer -> balancer.retry(new RetryOptions(brief(), 10, 1_000))).build();
    List<Future<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CONTEXTS * AT_ONCE; i++) {
      callers.add(caller(client, ((VertxInternal) bench.vertx).createEventLoopContext()));
    }

    Await.value(dying.reached());
    dying.kill();
    Await.value(Future.join(callers));

    assertEquals(CONTEXTS * AT_ONCE * IN_TURN, answered.get());
    assertEquals(0, bench.outcomes.inFlight());
  }

  private static Backoff brief() {
    return new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
  }

  private Future<Void> caller(BalancedWebClient client, Context context) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(go -> send(client, IN_TURN).onComplete(done));
    return done.future();
  }

  private Future<Void> send(BalancedWebClient client, int left) {
    return left == 0
        ? Future.succeededFuture()
        : client
            .get("orders", "/")
            .send()
            .compose(
                answer -> {
                  answered.addAndGet(answer.statusCode() == 200 ? 1 : 0);
                  return send(client, left - 1);
                });
  }

  @Test
  void requests_start_no_threads() {
    bench.answering(200, 503);
    BalancedWebClient client = bench.client();
    Context context = bench.vertx.getOrCreateContext();
    Await.value(caller(client, context));
    long before = threadsEverMade();

    Await.value(caller(client, context));

    long made = threadsEverMade() - before;
    assertTrue(made < IN_TURN / 5, made + " threads for " + IN_TURN + " requests");
  }

  /** Ids are given in sequence, so a new thread's id counts those before it. */
  private static long threadsEverMade() {
    return new Thread(() -> {}).getId();
  }
}
