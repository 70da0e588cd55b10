package io.evenkeel.benchmarks.registry;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * 10,000 instances of one service register at once, in each dialect; who is told 429 tries again.
 * Counts what was answered and how soon all of them are listed.
 */
public final class RegistrationStorm {
  private static final int INSTANCES = 10_000;
  private static final int CONNECTIONS = 512;

  private final Vertx vertx;
  private final ServerProcess server;
  private final HttpClient client;
  private final TimeSource time = TimeSource.system();
  private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
  private final Latencies latencies = new Latencies(INSTANCES);

  private RegistrationStorm(Vertx vertx, ServerProcess server) {
    this.vertx = vertx;
    this.server = server;
    this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** Runs it for each dialect, each with a new server; the arguments are not looked at. */
  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx();
    for (String dialect : List.of("consul", "config-service", "heartbeat", "orchestrator")) {
      try (ServerProcess server = ServerProcess.start("--warm-up", "0s")) {
        new RegistrationStorm(vertx, server).run(dialect);
      }
    }
    vertx.close().await();
  }

  private void run(String dialect) {
    long began = time.nanoTime();
    List<Future<Void>> answers = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      answers.add(register(dialect, i, began));
    }
    Future.join(answers).otherwiseEmpty().await();
    long answered = time.nanoTime();
    String list = get(dialect, listPath(dialect)).await().toString();
    int listed = list.split("10\\.0\\.0\\.1", -1).length - 1;
    System.out.printf(
        "%s: %s, answers by status %s, all answered after %.1f s, listed after %.1f s: %d addresses"
            + " in the list of %d instances%n",
        dialect,
        latencies,
        statuses,
        (answered - began) / 1e9,
        (time.nanoTime() - began) / 1e9,
        listed,
        INSTANCES);
  }

  private Future<Void> register(String dialect, int number, long began) {
    String url = "http://10.0.0.1:" + (1_024 + number);
    String body =
        switch (dialect) {
          case "consul" ->
              "{\"Name\":\"storm\",\"ID\":\"storm-%d\",\"Address\":\"10.0.0.1\",\"Port\":%d}"
                  .formatted(number, 1_024 + number);
          case "config-service" ->
              ("{\"service_name\":\"storm\",\"service_url\":\"%s\",\"service_metadata\":"
                      + "{\"instance_id\":\"storm-%d\",\"status\":\"healthy\"}}")
                  .formatted(url, number);
          case "heartbeat" -> "{\"service_name\":\"storm\",\"base_url\":\"%s\"}".formatted(url);
          default -> "{\"url\":\"%s\",\"info\":{\"display_name\":\"storm\"}}".formatted(url);
        };
    HttpMethod method = dialect.equals("consul") ? HttpMethod.PUT : HttpMethod.POST;
    return client
        .request(method, server.port(dialect), server.host(dialect), registerPath(dialect))
        .compose(
            request ->
                request.putHeader("Content-Type", "application/json").send(Buffer.buffer(body)))
        .compose(
            response -> {
              statuses.merge(response.statusCode(), 1, Integer::sum);
              if (response.statusCode() == 429) {
                return vertx
                    .timer(500 + number % 500)
                    .compose(later -> register(dialect, number, began));
              }
              latencies.add(time.nanoTime() - began);
              return response.end();
            });
  }

  private Future<Buffer> get(String dialect, String path) {
    return client
        .request(HttpMethod.GET, server.port(dialect), server.host(dialect), path)
        .compose(request -> request.send())
        .compose(response -> response.body());
  }

  private static String registerPath(String dialect) {
    return switch (dialect) {
      case "consul" -> "/v1/agent/service/register";
      case "config-service" -> "/api/v1/registry/register";
      case "heartbeat" -> "/register";
      default -> "/services/$register";
    };
  }

  private static String listPath(String dialect) {
    return switch (dialect) {
      case "consul" -> "/v1/agent/services";
      case "config-service" -> "/api/v1/registry/services/storm";
      case "heartbeat" -> "/services/storm";
      default -> "/services";
    };
  }
}
