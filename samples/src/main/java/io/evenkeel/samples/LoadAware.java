package io.evenkeel.samples;

import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.vertx.BalancedWebClient;
import io.evenkeel.vertx.LoadReports;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two instances that say how loaded they are with every answer, one of them slow, and a client that
 * listens. It asks one thing after the other, so nothing but the reports tells the two apart.
 */
public final class LoadAware {
  private static final int REQUESTS = 100;
  private static final int SLOW_MILLIS = 100;

  private LoadAware() {}

  /** Prints how many requests each got; the arguments are not looked at. */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    try {
      run(vertx, System.out);
    } finally {
      vertx.close().await();
    }
  }

  static int run(Vertx vertx, PrintStream out) {
    AtomicInteger slow = new AtomicInteger();
    HttpServer one = serve(vertx, request -> request.response().end()).await();
    HttpServer other =
        serve(vertx, request -> answerLate(vertx, request.response(), slow.incrementAndGet()))
            .await();
    String uri = "static:orders=127.0.0.1:%d,127.0.0.1:%d";
    try (ServiceRegistry registry =
        Registries.connect(uri.formatted(one.actualPort(), other.actualPort()))) {
      // README: client that listens
      BalancedWebClient client =
          BalancedWebClient.builder(vertx, registry)
              .balancer(balancer -> balancer.strategy(Strategies.named("prequal")))
              .build();
      // README: end
      for (int i = 0; i < REQUESTS; i++) {
        client.get("orders", "/").send().await();
      }
      client.close().await();
    }
    out.println("requests " + REQUESTS + ", to the slow one " + slow.get());
    return slow.get();
  }

  private static Future<HttpServer> serve(Vertx vertx, Handler<HttpServerRequest> handler) {
    // README: server that reports
    LoadReports reports = LoadReports.create(); // one for all servers of a process
    return vertx.createHttpServer().requestHandler(reports.around(handler)).listen(0, "127.0.0.1");
    // README: end
  }

  private static void answerLate(Vertx vertx, HttpServerResponse response, int number) {
    vertx.setTimer(SLOW_MILLIS, late -> response.end("late answer " + number));
  }
}
