package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever closes a client, no request is lost: each future ends. */
class ClosingTest {
  private static final Duration LONG = Duration.ofHours(1);
  private final TestBench bench = TestBench.open();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  /** A builder whose retries wait for about half an hour. */
  private BalancedWebClientBuilder patient() {
    RetryOptions retry = new RetryOptions(new Backoff(LONG, LONG), 1, 100);
    return bench.builder(balancer -> balancer.retry(retry).random(() -> Long.MAX_VALUE - 1));
  }

  private static ServiceRequest patiently(BalancedWebClient client) {
    return client.get("orders", "/").deadline(LONG.multipliedBy(2)).attemptTimeout(LONG);
  }

  @Test
  void closing_twice_is_closing_once() {
    BalancedWebClient client = bench.client();

    Await.value(client.close());
    Await.value(client.close());
  }

  @Test
  void closing_completes_on_the_callers_context() {
    BalancedWebClient client = bench.client();
    Promise<Boolean> onContext = Promise.promise();

    ((VertxInternal) bench.vertx)
        .createEventLoopContext()
        .runOnContext(
            go -> {
              var caller = Vertx.currentContext();
              client
                  .close()
                  .onComplete(end -> onContext.complete(Vertx.currentContext() == caller));
            });

    assertEquals(true, Await.value(onContext.future()));
  }

  @Test
  void a_closed_client_refuses_requests_and_says_why() {
    bench.answering(200);
    BalancedWebClient client = bench.client();
    Await.value(client.get("orders", "/").send());
    Await.value(client.close());

    Throwable failure = Await.failure(client.get("orders", "/").send());

    assertInstanceOf(IllegalStateException.class, failure);
    assertEquals("the client is closed", failure.getMessage());
  }

  @Test
  void a_request_in_flight_ends_with_the_client() {
    TestServer silent = bench.add(bench.servers.silent());
    BalancedWebClient client = bench.client();
    Future<?> inFlight = patiently(client).send();
    Await.value(silent.reached());

    Await.value(client.close());

    assertInstanceOf(CallException.Closed.class, Await.failure(inFlight));
    Await.value(silent.connectionClosed());
    assertEquals(0, bench.outcomes.inFlight());
  }

  @Test
  void closing_is_complete_when_the_requests_have_ended() {
    TestServer silent = bench.add(bench.servers.silent());
    BalancedWebClient client = bench.client();
    Future<?> inFlight = patiently(client).send();
    Await.value(silent.reached());

    CountDownLatch held = new CountDownLatch(1);
    bench.outcomes.beforeEachEnd(() -> Await.latch(held)); // holds the thread that ends requests
    Future<Void> closing = client.close();

    assertFalse(closing.isComplete());
    held.countDown();
    Await.value(closing);
    assertTrue(inFlight.isComplete());
  }

  @Test
  void a_request_between_two_attempts_ends_with_the_client() {
    bench.answering(503);
    BalancedWebClient client = patient().build();
    Future<?> between = patiently(client).send();
    Await.value(bench.outcomes.first());

    Await.value(client.close());

    assertInstanceOf(CallException.Closed.class, Await.failure(between));
  }

  @Test
  void a_request_that_waits_for_the_first_list_ends_with_the_client() {
    ManualTime time = ManualTime.start(); // it never runs, so no list is ever taken over
    bench.answering(200);
    BalancedWebClient client = bench.builder(balancer -> balancer.scheduler(time)).build();
    Future<?> waiting = patiently(client).send();

    Await.value(client.close());

    assertInstanceOf(CallException.Closed.class, Await.failure(waiting));
  }

  @Test
  void requests_that_meet_the_closing_end_too() throws Exception {
    bench.answering(200);
    for (int round = 0; round < 200; round++) {
      BalancedWebClient client = bench.client();
      CompletableFuture<Future<?>> sent =
          CompletableFuture.supplyAsync(() -> patiently(client).send());
      Future<Void> closed = client.close();

      Future<?> request = sent.get(Await.SECONDS, TimeUnit.SECONDS);
      Await.value(request.transform(end -> Future.succeededFuture()));
      Await.value(closed);
    }
  }

  @Test
  void a_client_that_is_closed_while_a_balancer_starts_loses_no_request() {
    bench.answering(200);
    AtomicReference<BalancedWebClient> itself = new AtomicReference<>();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    BalancedWebClient client =
        bench
            .builder(
                balancer ->
                    itself
                        .get()
                        .close()
                        .onSuccess(closed::complete)
                        .onFailure(closed::completeExceptionally))
            .build();
    itself.set(client);

    Throwable failure = Await.failure(patiently(client).send());

    assertInstanceOf(IllegalStateException.class, failure);
    Await.value(closed);
  }

  @Test
  void a_client_made_on_the_context_of_an_undeployed_verticle_is_closed() {
    bench.answering(200);
    Sender sender = new Sender(bench::client);
    deployAndUndeploy(sender, sender.answer);
    Promise<BalancedWebClient> late = Promise.promise();

    sender.context().runOnContext(go -> late.complete(bench.client()));

    Throwable failure = Await.failure(Await.value(late.future()).get("orders", "/").send());
    assertEquals("the client is closed", failure.getMessage());
  }

  @Test
  void no_thread_of_a_closed_client_is_left() throws InterruptedException {
    bench.answering(200);
    BalancedWebClient client = bench.client();
    Await.value(client.get("orders", "/").send());

    Await.value(client.close());

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("evenkeel-client")) {
        thread.join(TimeUnit.SECONDS.toMillis(Await.SECONDS));
        assertFalse(thread.isAlive(), "alive: " + thread.getName());
      }
    }
  }

  /** Sends a request when it starts, with the client it makes or is given. */
  private static final class Sender extends VerticleBase {
    private final Supplier<BalancedWebClient> clients;
    private final CompletableFuture<HttpResponse<Buffer>> answer = new CompletableFuture<>();
    private final CompletableFuture<BalancedWebClient> client = new CompletableFuture<>();

    private Sender(Supplier<BalancedWebClient> clients) {
      this.clients = clients;
    }

    @Override
    public Future<?> start() {
      BalancedWebClient made = clients.get();
      client.complete(made);
      patiently(made).send().onSuccess(answer::complete).onFailure(answer::completeExceptionally);
      return Future.succeededFuture();
    }

    private Context context() {
      return context;
    }

    private Throwable failure() {
      return Await.failure(Future.fromCompletionStage(answer));
    }
  }

  private void deployAndUndeploy(Sender sender, CompletionStage<?> meanwhile) {
    String id = Await.value(bench.vertx.deployVerticle(sender));
    Await.value(meanwhile);
    Await.value(bench.vertx.undeploy(id));
  }

  @Test
  void a_request_in_flight_ends_with_the_verticle_that_made_the_client() {
    TestServer silent = bench.add(bench.servers.silent());
    Sender sender = new Sender(bench::client);

    deployAndUndeploy(sender, silent.reached());

    assertInstanceOf(CallException.Closed.class, sender.failure());
  }

  @Test
  void a_request_between_two_attempts_ends_with_the_verticle_that_made_the_client() {
    bench.answering(503);
    Sender sender = new Sender(() -> patient().build());

    deployAndUndeploy(sender, bench.outcomes.first());

    assertInstanceOf(CallException.Closed.class, sender.failure());
  }

  @Test
  void a_client_made_in_a_verticle_is_closed_with_it() {
    bench.answering(200);
    Sender sender = new Sender(bench::client);
    deployAndUndeploy(sender, sender.answer);

    Throwable failure = Await.failure(Await.value(sender.client).get("orders", "/").send());

    assertEquals("the client is closed", failure.getMessage());
  }

  @Test
  void a_client_made_outside_outlives_a_verticle_that_used_it() {
    bench.answering(200);
    BalancedWebClient shared = bench.client();
    Sender sender = new Sender(() -> shared);

    deployAndUndeploy(sender, sender.answer);

    assertEquals(200, Await.value(shared.get("orders", "/").send()).statusCode());
  }

  @Test
  void a_caller_that_is_undeployed_between_two_attempts_is_answered_all_the_same() {
    ManualTime time = ManualTime.start();
    bench.answering(503, 200);
    BalancedWebClient shared = bench.builder(balancer -> balancer.scheduler(time)).build();
    var balancer = shared.balancer("orders");
    time.runDue();
    Await.value(balancer.ready());
    Sender sender = new Sender(() -> shared);

    deployAndUndeploy(sender, bench.outcomes.first());
    time.advance(Duration.ofSeconds(1));

    assertEquals(200, Await.value(sender.answer).statusCode());
    assertEquals(503, Await.value(patiently(shared).maxAttempts(1).send()).statusCode());
  }

  /** What became of a request: its callback must still be called while its Vert.x closes. */
  private static CompletableFuture<Throwable> failureOf(Future<?> request) {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    request.onComplete(end -> failure.complete(end.cause()));
    return failure;
  }

  @Test
  void a_request_in_flight_ends_with_its_vertx() {
    TestServer silent = bench.add(bench.servers.silent());
    CompletableFuture<Throwable> failure = failureOf(patiently(bench.client()).send());
    Await.value(silent.reached());

    Await.value(bench.vertx.close());

    assertInstanceOf(CallException.Closed.class, Await.value(failure));
  }

  @Test
  void a_request_between_two_attempts_ends_with_its_vertx() {
    bench.answering(503);
    CompletableFuture<Throwable> failure = failureOf(patiently(patient().build()).send());
    Await.value(bench.outcomes.first());

    Await.value(bench.vertx.close());

    assertInstanceOf(CallException.Closed.class, Await.value(failure));
  }

  @Test
  void many_requests_in_flight_all_end_with_their_vertx() {
    TestServer silent = bench.add(bench.servers.silent());
    BalancedWebClient client = bench.client();
    List<CompletableFuture<Throwable>> failures =
        IntStream.range(0, 50).mapToObj(i -> failureOf(patiently(client).send())).toList();
    Await.value(silent.reached());

    Await.value(bench.vertx.close());

    failures.forEach(failure -> assertInstanceOf(Throwable.class, Await.value(failure)));
  }
}
