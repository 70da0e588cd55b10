package io.evenkeel.benchmarks.registry;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * 30,000 instances heartbeat every 10 s, 3,000 a second for 60 s, while 1,000 blocking queries
 * wait; after 10 s of the same to warm up both JVMs. Open loop: a heartbeat is measured from when
 * it was due, so a stall counts for all that it held up.
 */
public final class HeartbeatLoad {
  private static final int RATE = 3_000;
  private static final Duration DURATION = Duration.ofSeconds(60);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int INSTANCES = 30_000;
  private static final int WAITING = 1_000;
  private static final int BATCH_MILLIS = 5;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final TimeSource time = TimeSource.system();
  private final ServerProcess server;
  private final HttpClient client;
  private final HttpClient waiter;
  private final List<String> ids = new ArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger woken = new AtomicInteger();
  private Latencies latencies = new Latencies(0);
  private int next;

  private HeartbeatLoad(ServerProcess server) {
    this.server = server;
    this.client = client(64);
    this.waiter = client(WAITING);
  }

  private HttpClient client(int connections) {
    return vertx.createHttpClient(
        new HttpClientOptions().setIdleTimeout(0), new PoolOptions().setHttp1MaxSize(connections));
  }

  /** Runs it; the arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    try (ServerProcess server =
        ServerProcess.start("--warm-up", "0s", "--max-watches-per-client", "2000")) {
      HeartbeatLoad load = new HeartbeatLoad(server);
      load.register();
      load.waitForChanges();
      load.beat(WARM_UP);
      load.beat(DURATION);
      load.vertx.close().await();
    }
  }

  private void register() {
    long began = time.nanoTime();
    for (int from = 0; from < INSTANCES; from += 500) {
      List<Future<JsonObject>> answers = new ArrayList<>();
      for (int i = from; i < from + 500; i++) {
        String body =
            "{\"service_name\":\"s%d\",\"base_url\":\"http://10.0.0.1:%d\"}"
                .formatted(i % 300, 1_000 + i % 60_000);
        answers.add(send(HttpMethod.POST, "/register", body).map(Buffer::toJsonObject));
      }
      Future.all(answers).await();
      answers.forEach(answer -> ids.add(answer.result().getString("instance_id")));
    }
    System.out.printf("registered %d in %.1f s%n", ids.size(), (time.nanoTime() - began) / 1e9);
  }

  /** On one event loop, whoever calls. */
  private Future<Buffer> send(HttpMethod method, String path, String body) {
    Promise<Buffer> answer = Promise.promise();
    loop.runOnContext(now -> sendNow(method, path, body).onComplete(answer));
    return answer.future();
  }

  private Future<Buffer> sendNow(HttpMethod method, String path, String body) {
    return client
        .request(method, server.port("heartbeat"), server.host("heartbeat"), path)
        .compose(
            request ->
                request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
        .compose(
            response ->
                response.statusCode() / 100 == 2
                    ? response.body()
                    : Future.failedFuture("status " + response.statusCode()));
  }

  /** They wait for services that do not change. */
  private void waitForChanges() {
    for (int i = 0; i < WAITING; i++) {
      String path = "/v1/health/service/s" + i % 300;
      waiter
          .request(HttpMethod.GET, server.port("consul"), server.host("consul"), path)
          .compose(request -> request.send())
          .compose(response -> response.body().map(body -> response.getHeader("X-Consul-Index")))
          .compose(
              index ->
                  waiter
                      .request(
                          HttpMethod.GET,
                          server.port("consul"),
                          server.host("consul"),
                          path + "?wait=10m&index=" + index)
                      .compose(request -> request.send()))
          .onComplete(answered -> woken.incrementAndGet());
    }
  }

  private void beat(Duration duration) {
    latencies = new Latencies(RATE * (int) duration.toSeconds());
    answered.set(0);
    int perBatch = RATE * BATCH_MILLIS / 1_000;
    long batches = duration.toMillis() / BATCH_MILLIS;
    long began = time.nanoTime();
    int sent = 0;
    for (long batch = 0; batch < batches; batch++) {
      long due = began + Duration.ofMillis(batch * BATCH_MILLIS).toNanos();
      parkUntil(due);
      for (int i = 0; i < perBatch; i++) {
        beat(ids.get(next++ % ids.size()), due);
        sent++;
      }
      if (batch % (5_000 / BATCH_MILLIS) == 0) {
        System.out.printf(
            "%5.1f s  sent %d  answered %d  failed %d%n",
            (time.nanoTime() - began) / 1e9, sent, answered.get(), failed.get());
      }
    }
    long patience = time.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (answered.get() < sent && time.nanoTime() < patience) {
      parkUntil(time.nanoTime() + 1_000_000);
    }
    System.out.printf(
        "%d heartbeats/s for %d s: %s, failed %d, unanswered %d; %d blocking queries waited, %d"
            + " woken%n",
        RATE,
        duration.toSeconds(),
        latencies,
        failed.get(),
        sent - answered.get(),
        WAITING,
        woken.get());
  }

  private void beat(String id, long due) {
    send(HttpMethod.POST, "/heartbeat/" + id, "")
        .onComplete(
            answer -> {
              latencies.add(time.nanoTime() - due);
              answered.incrementAndGet();
              failed.addAndGet(answer.failed() ? 1 : 0);
            });
  }

  private void parkUntil(long nanoTime) {
    while (nanoTime - time.nanoTime() > 0) {
      LockSupport.parkNanos(nanoTime - time.nanoTime());
    }
  }
}
