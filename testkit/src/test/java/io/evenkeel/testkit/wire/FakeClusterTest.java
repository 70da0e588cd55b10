package io.evenkeel.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FakeClusterTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final FakeCluster cluster = FakeCluster.of("orders", 2);
  private final FakeInstance first = cluster.get(0);
  private final FakeInstance second = cluster.get(1);

  @AfterEach
  void close() {
    cluster.close();
  }

  private static HttpRequest.Builder request(FakeInstance to, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.instance().port() + path));
  }

  private static CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
  }

  private static CompletableFuture<HttpResponse<String>> begin(FakeInstance to) {
    return send(request(to, "/"));
  }

  private static HttpResponse<String> get(FakeInstance from) {
    return await(begin(from));
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, () -> future.get(30, TimeUnit.SECONDS))
        .getCause();
  }

  @Test
  void every_instance_answers_with_its_id() {
    assertEquals(200, get(first).statusCode());
    assertEquals("orders-0", get(first).body());
    assertEquals("orders-1", get(second).body());
  }

  @Test
  void instances_are_what_a_registry_should_know() {
    ServiceInstance known = cluster.instances().get(1);
    assertEquals("orders", known.service());
    assertEquals("orders-1", known.id());
    assertEquals("127.0.0.1", known.host());
    assertTrue(known.takesTraffic());
  }

  @Test
  void weights_and_zones_are_set_when_it_is_built() {
    try (FakeCluster built = FakeCluster.of("stock", i -> i.weight(3), i -> i.zone("b"))) {
      assertEquals(3, built.get("stock-0").instance().weight());
      assertEquals("b", built.get("stock-1").instance().zone());
    }
  }

  @Test
  void an_instance_that_joins_answers_too() {
    FakeInstance joined = cluster.add(i -> i.weight(7));
    assertEquals("orders-2", get(joined).body());
    assertEquals(3, cluster.all().size());
  }

  @Test
  void an_unknown_id_is_refused_with_those_there_are() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> cluster.get("x"));
    assertEquals("id: x (expected: one of [orders-0, orders-1])", e.getMessage());
  }

  @Test
  void answers_with_the_status_it_is_told() {
    first.respond(503);
    assertEquals(503, get(first).statusCode());
    assertEquals(200, get(second).statusCode());
  }

  @Test
  void answers_with_body_headers_and_retry_after() {
    first.respond(Reply.of(429, "later").withRetryAfter(Duration.ofMillis(1_500)));
    HttpResponse<String> answer = get(first);
    assertEquals("later", answer.body());
    assertEquals("2", answer.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void asks_a_handler_for_every_answer() {
    first.respond(request -> Reply.of(201, request.method() + " " + request.path()));
    HttpResponse<String> answer = await(send(request(first, "/a?b=c").DELETE()));
    assertEquals(201, answer.statusCode());
    assertEquals("DELETE /a?b=c", answer.body());
  }

  @Test
  void a_handler_that_throws_answers_500() {
    first.respond(
        request -> {
          throw new IllegalStateException("broken");
        });
    assertEquals(500, get(first).statusCode());
    assertTrue(get(first).body().contains("broken"));
  }

  @Test
  void answers_without_a_body_keep_the_connection_usable() {
    first.respond(Reply.of(204, "none allowed"));
    assertEquals(204, get(first).statusCode());
    first.respond(Reply.of(200, ""));
    assertEquals("", get(first).body());
    assertEquals(
        200, await(send(request(first, "/").method("HEAD", BodyPublishers.noBody()))).statusCode());
  }

  @Test
  void a_status_out_of_range_is_refused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> first.respond(199));
    assertEquals("status: 199 (expected: 200..599; 0 drops the connection)", e.getMessage());
  }

  @Test
  void latency_delays_the_answer_by_at_least_as_much() {
    first.latency(Duration.ofMillis(60));
    long begin = TimeSource.system().nanoTime();
    get(first);
    assertTrue(TimeSource.system().nanoTime() - begin >= Duration.ofMillis(60).toNanos());
  }

  @Test
  void latency_is_asked_for_once_per_request() {
    List<Duration> asked = new ArrayList<>();
    first.latency(
        () -> {
          asked.add(Duration.ofMillis(asked.size()));
          return asked.get(asked.size() - 1);
        });
    get(first);
    get(first);
    assertEquals(List.of(Duration.ZERO, Duration.ofMillis(1)), asked);
  }

  @Test
  void a_frozen_instance_accepts_and_answers_when_thawed() {
    first.freeze();
    CompletableFuture<HttpResponse<String>> waiting = begin(first);
    first.await(load -> load.inFlight() == 1);
    assertThrows(TimeoutException.class, () -> waiting.get(50, TimeUnit.MILLISECONDS));
    first.thaw();
    assertEquals(200, await(waiting).statusCode());
  }

  @Test
  void frozen_requests_do_not_starve_another_instance() {
    first.freeze();
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      waiting.add(begin(first));
    }
    first.await(load -> load.inFlight() == 50);
    assertEquals("orders-1", get(second).body());
    first.thaw();
    waiting.forEach(answer -> assertEquals(200, await(answer).statusCode()));
    get(first);
    assertEquals(new FakeInstance.Load(51, 0, 50, 51), first.load());
  }

  @Test
  void a_killed_instance_refuses_connections_and_revives_on_its_port() {
    get(first);
    first.kill();
    assertFalse(first.isAlive());
    assertInstanceOf(ConnectException.class, failure(begin(first)));
    first.revive();
    assertEquals("orders-0", get(first).body());
  }

  @Test
  void killing_ends_what_is_in_flight_without_an_answer() {
    first.freeze();
    CompletableFuture<HttpResponse<String>> waiting = begin(first);
    first.await(load -> load.inFlight() == 1);
    first.kill();
    assertInstanceOf(IOException.class, failure(waiting));
    assertEquals(new FakeInstance.Load(1, 0, 1, 0), first.load());
  }

  @Test
  void killing_ends_a_handler_that_waits() {
    first.respond(request -> waitForever());
    CompletableFuture<HttpResponse<String>> waiting = begin(first);
    first.await(load -> load.inFlight() == 1);
    first.kill();
    assertInstanceOf(IOException.class, failure(waiting));
    assertEquals(0, first.load().inFlight());
  }

  private static Reply waitForever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Reply.dropped();
  }

  @Test
  void behaviour_survives_being_killed() {
    first.respond(503);
    first.kill();
    first.revive();
    assertEquals(503, get(first).statusCode());
  }

  @Test
  void a_dropped_request_gets_no_answer_and_its_connection_ends() {
    first.drop();
    assertInstanceOf(
        IOException.class, failure(send(request(first, "/").POST(BodyPublishers.noBody()))));
    assertEquals(new FakeInstance.Load(1, 0, 1, 0), first.load());
  }

  @Test
  void healing_brings_an_instance_back_as_it_was() {
    first.respond(503);
    first.latency(Duration.ofHours(1));
    first.freeze();
    first.kill();
    cluster.heal();
    assertEquals(200, get(first).statusCode());
    assertEquals("orders-0", get(first).body());
  }

  @Test
  void counts_what_has_been_answered_before_the_client_sees_it() {
    for (int i = 1; i <= 20; i++) {
      get(first);
      assertEquals(new FakeInstance.Load(i, 0, 1, i), first.load());
    }
  }

  @Test
  void records_requests_with_host_headers_and_body() {
    await(send(request(first, "/p?q=1").header("X-Id", "7").POST(BodyPublishers.ofString("käse"))));
    ReceivedRequest received = first.requests().get(0);
    assertEquals("POST", received.method());
    assertEquals("/p?q=1", received.path());
    assertEquals("127.0.0.1:" + first.instance().port(), received.header("host").orElseThrow());
    assertEquals("7", received.header("x-id").orElseThrow());
    assertEquals("käse", received.body());
  }

  @Test
  void records_the_last_thousand_requests() {
    for (int i = 0; i < 1_001; i++) {
      await(send(request(first, "/" + i)));
    }
    assertEquals(1_000, first.requests().size());
    assertEquals("/1", first.requests().get(0).path());
  }

  @Test
  void a_body_beyond_the_bound_is_read_but_not_kept() {
    await(send(request(first, "/").POST(BodyPublishers.ofString("x".repeat(200_000)))));
    assertEquals(64 * 1024, first.requests().get(0).body().length());
    assertEquals(200, get(first).statusCode());
  }

  @Test
  void answers_on_a_kept_connection_do_not_wait_for_delayed_acknowledgements() {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 500; i++) {
      long begin = TimeSource.system().nanoTime();
      get(first);
      boolean settled = i >= 400; // a new connection acknowledges at once
      fastest = settled ? Math.min(fastest, TimeSource.system().nanoTime() - begin) : fastest;
    }
    assertTrue(fastest < Duration.ofMillis(40).toNanos()); // with them, none is faster
  }

  @Test
  void closing_leaves_no_thread_behind() {
    first.freeze();
    CompletableFuture<HttpResponse<String>> waiting = begin(first);
    first.await(load -> load.inFlight() == 1);
    assertFalse(threads().isEmpty());
    cluster.close();
    assertEquals(List.of(), threads());
    assertInstanceOf(IOException.class, failure(waiting));
  }

  /** Those of fake instances and of the JDK's HTTP server, as far as they are the test's own. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.isAlive())
        .map(Thread::getName)
        .filter(name -> name.startsWith("fake-") || name.startsWith("HTTP-Dispatcher"))
        .collect(Collectors.toList());
  }

  @Test
  void all_threads_are_daemons() {
    get(first);
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> threads().contains(thread.getName()))
            .allMatch(Thread::isDaemon));
  }

  @Test
  void a_closed_cluster_stays_closed() {
    cluster.close();
    cluster.close();
    assertThrows(IllegalStateException.class, cluster::add);
    assertThrows(IllegalStateException.class, first::revive);
    assertInstanceOf(ConnectException.class, failure(begin(first)));
  }
}
