package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.server.RegistryServerOptions.Quota;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Requests that are almost right, over every route: each is answered, and none with a defect of the
 * server's. {@code -Devenkeel.fuzz.requests=1000000} sends a million, {@code -Devenkeel.fuzz.seed}
 * others.
 */
class FuzzIT {
  private static final int REQUESTS = Integer.getInteger("evenkeel.fuzz.requests", 20_000);
  private static final long SEED = Long.getLong("evenkeel.fuzz.seed", 7);
  private static final int AT_ONCE = 64;
  private static final int ROWS = 500;

  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  @Test
  void every_request_is_answered_and_none_with_a_defect() {
    Quota quota = new Quota(ROWS, ROWS, 100, 100, ROWS);
    try (TestServer server = TestServer.start(options -> options.withQuota(quota))) {
      RandomGenerator random = new SplittableRandom(SEED);
      Map<Protocol, List<FuzzedRequest.Route>> routes = routes();
      send(server, routes, random, REQUESTS / 2);
      long half = heap(server);
      send(server, routes, random, REQUESTS - REQUESTS / 2);
      long whole = heap(server);
      System.out.printf("fuzz: %s, heap %d then %d kB%n", statuses, half, whole);
      assertEquals(List.of(), failures);
      assertTrue(whole < half + 16_000, "heap: " + half + " kB, then " + whole + " kB");
      assertTrue(statuses.getOrDefault(201, 0) > 0, "nothing was ever registered");
    }
  }

  private static Map<Protocol, List<FuzzedRequest.Route>> routes() {
    Map<Protocol, List<FuzzedRequest.Route>> routes = new EnumMap<>(Protocol.class);
    RouteList.all()
        .forEach(
            (protocol, all) ->
                routes.put(
                    protocol,
                    all.stream()
                        .map(route -> new FuzzedRequest.Route(route.method(), route.template()))
                        .toList()));
    return routes;
  }

  /** In kB, when the connections have gone that the requests came on. */
  private static long heap(TestServer server) {
    Pattern open = Pattern.compile("evenkeel_server_connections[^}]*(?<!admin)\"} [1-9]");
    long giveUp = TimeSource.system().nanoTime() + Duration.ofSeconds(30).toNanos();
    while (open.matcher(server.get(Protocol.ADMIN, "/metrics").body()).find()) {
      assertTrue(TimeSource.system().nanoTime() < giveUp, "connections stay open");
    }
    System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1_024;
  }

  private void send(
      TestServer server,
      Map<Protocol, List<FuzzedRequest.Route>> routes,
      RandomGenerator random,
      int count) {
    HttpClient client =
        server
            .vertx()
            .createHttpClient(
                new HttpClientOptions().setMaxHeaderSize(64 * 1024),
                new PoolOptions().setHttp1MaxSize(AT_ONCE));
    for (int sent = 0; sent < count; sent += AT_ONCE) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        FuzzedRequest request = FuzzedRequest.next(routes, random);
        answers.add(ask(client, server, request));
      }
      TestServer.await(Future.join(answers).otherwiseEmpty());
      answers.forEach(answer -> statuses.merge(answer.result(), 1, Integer::sum));
    }
    TestServer.await(client.close());
  }

  /** The status; 0 for none. */
  private Future<Integer> ask(HttpClient client, TestServer server, FuzzedRequest fuzzed) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(fuzzed.method()))
            .setHost("127.0.0.1")
            .setPort(server.origin(fuzzed.protocol()).getPort())
            .setURI(fuzzed.target());
    fuzzed.headers().forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> answer(request, fuzzed))
        .timeout(30, TimeUnit.SECONDS)
        .onSuccess(status -> judge(status, fuzzed))
        .otherwise(
            error -> {
              fail(fuzzed, error.toString());
              return 0;
            });
  }

  private static Future<Integer> answer(HttpClientRequest request, FuzzedRequest fuzzed) {
    return request
        .send(fuzzed.body())
        .compose(response -> response.body().map(body -> response.statusCode()));
  }

  private void judge(int status, FuzzedRequest fuzzed) {
    if (status >= 500 && status != 503) { // 503: the registry is full
      fail(fuzzed, Integer.toString(status));
    }
  }

  private synchronized void fail(FuzzedRequest fuzzed, String why) {
    if (failures.size() < 20) {
      failures.add(why + ": " + fuzzed);
    }
  }
}
