package io.evenkeel.vertx;

import static io.evenkeel.strategy.Outcome.Kind.CANCELLED;
import static io.evenkeel.strategy.Outcome.Kind.LOCAL;
import static io.evenkeel.strategy.Outcome.Kind.SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.evenkeel.loadbalancer.call.CallException;
import io.evenkeel.testkit.ManualTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong in the user's function is not the instance's fault, and is not repeated. */
class LocalFailureTest {
  private final TestBench bench = TestBench.open();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  private Future<HttpResponse<Buffer>> send(
      Function<HttpRequest<Buffer>, Future<HttpResponse<Buffer>>> function) {
    bench.answering(200, 200);
    return bench
        .client()
        .get("orders", "/")
        .attemptTimeout(Duration.ofMillis(300))
        .send(
            request -> {
              calls.incrementAndGet();
              return function.apply(request);
            });
  }

  @Test
  void a_function_that_throws_fails_the_request_with_what_it_threw() {
    RuntimeException thrown = new IllegalArgumentException("my own");

    Throwable failure =
        Await.failure(
            send(
                request -> {
                  throw thrown;
                }));

    assertSame(thrown, failure);
    assertLocalOnce();
  }

  @Test
  void a_function_that_throws_an_error_fails_the_request_with_it() {
    Error thrown = new AssertionError("my own");

    Throwable failure =
        Await.failure(
            send(
                request -> {
                  throw thrown;
                }));

    assertSame(thrown, failure);
    assertLocalOnce();
  }

  @Test
  void a_function_that_returns_null_fails_the_request() {
    assertInstanceOf(NullPointerException.class, Await.failure(send(request -> null)));

    assertLocalOnce();
  }

  @Test
  void a_function_that_fails_without_sending_fails_the_request() {
    RuntimeException mine = new IllegalStateException("my own");

    assertSame(mine, Await.failure(send(request -> Future.failedFuture(mine))));

    assertLocalOnce();
  }

  @Test
  void a_function_that_never_sends_times_out_without_blame() {
    Promise<HttpResponse<Buffer>> never = Promise.promise();

    assertInstanceOf(CallException.TimedOut.class, Await.failure(send(request -> never.future())));

    assertLocalOnce();
  }

  @Test
  void a_function_that_answers_without_sending_says_nothing_of_the_instance() {
    assertNull(Await.value(send(request -> Future.succeededFuture())));

    assertEquals(List.of(CANCELLED), bench.outcomes.kinds());
  }

  @Test
  void a_function_that_fails_after_a_good_answer_does_not_blame_the_instance() {
    RuntimeException mine = new IllegalStateException("my own");

    Throwable failure =
        Await.failure(send(request -> request.send().compose(answer -> Future.failedFuture(mine))));

    assertSame(mine, failure);
    assertEquals(List.of(SUCCESS), bench.outcomes.kinds());
    assertEquals(1, calls.get());
  }

  @Test
  void a_request_that_cannot_be_built_is_not_the_instances_fault() {
    Await.failure(send(request -> request.putHeader("bad\nname", "x").send()));

    assertLocalOnce();
  }

  @Test
  void a_caller_whose_context_is_busy_all_the_time_does_not_blame_the_instance() {
    ManualTime time = ManualTime.start();
    TestServer server = bench.answering(200).get(0);
    BalancedWebClient client = bench.builder(balancer -> balancer.scheduler(time)).build();
    Promise<HttpResponse<Buffer>> ended = Promise.promise();
    Promise<Void> sent = Promise.promise();

    bench.vertx.runOnContext(
        go -> {
          client.post("orders", "/").send().onComplete(ended);
          sent.complete();
          Await.value(bench.outcomes.first());
        });
    Await.value(sent.future());
    time.runDue(); // the first list is there, and the attempt begins
    time.advance(Duration.ofSeconds(6));

    assertInstanceOf(CallException.TimedOut.class, Await.failure(ended.future()));
    assertEquals(List.of(LOCAL), bench.outcomes.kinds());
    assertEquals(0, server.requests());
  }

  @Test
  void a_caller_that_does_not_wait_for_the_answer_frees_the_connection() {
    TestServer silent = bench.add(bench.servers.silent());

    HttpResponse<Buffer> answer =
        Await.value(
            bench
                .client()
                .get("orders", "/")
                .send(
                    request -> {
                      Future<HttpResponse<Buffer>> sent = request.send();
                      return Future.fromCompletionStage(silent.reached())
                          .compose(reached -> sent.isComplete() ? sent : Future.succeededFuture());
                    }));

    assertNull(answer);
    Await.value(silent.connectionClosed());
    assertEquals(List.of(CANCELLED), bench.outcomes.kinds());
  }

  private void assertLocalOnce() {
    assertEquals(List.of(LOCAL), bench.outcomes.kinds());
    assertEquals(1, calls.get());
  }
}
