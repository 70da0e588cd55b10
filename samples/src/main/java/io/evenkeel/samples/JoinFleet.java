package io.evenkeel.samples;

import io.evenkeel.http.dropin.Announcement;
import io.evenkeel.http.dropin.Dropin;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java service in a fleet of Python services: it listens, and announces itself with the variables
 * that the fleet sets already, {@code SERVICEKIT_ORCHESTRATOR_URL} among them. Withdraws and ends
 * after a while.
 */
final class JoinFleet {
  private JoinFleet() {}

  /** Stays for ten seconds. */
  public static void main(String[] args) throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    try {
      stay(vertx, System.getenv(), System.out, TimeUnit.SECONDS.toMillis(10));
    } finally {
      vertx.close().await();
    }
  }

  static void stay(Vertx vertx, Map<String, String> environment, PrintStream out, long millis) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.response().end("ok"))
            .listen(0, "127.0.0.1")
            .await();
    // README: drop-in
    Dropin fleet = Dropin.servicekit().serviceName("reports").port(server.actualPort());
    try (Announcement announcement = fleet.start(environment)) {
      announcement.registered().thenAccept(out::println);
      vertx.timer(millis, TimeUnit.MILLISECONDS).await();
    } // closing deregisters
    // README: end
    server.close().await();
  }
}
