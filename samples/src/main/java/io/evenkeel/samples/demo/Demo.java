package io.evenkeel.samples.demo;

import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the demo: {@code mvn -q -Pdemo}. Six real HTTP instances on loopback, 500 requests per
 * second through {@code BalancedWebClient}, seven strategies in turn, and five incidents in each
 * round. Ends by itself; exit code 0 only if no request failed and every strategy kept its promise.
 */
public final class Demo {
  static final String SERVICE = "orders";

  private static final PrintStream OUT = System.out;
  private static final Logger LIBRARY =
      Logger.getLogger("io.evenkeel"); // held, or its level is lost

  /** Those that look at counts and weights: a log of attempts can wrap them. */
  private static final List<String> STRATEGIES =
      List.of(
          "round-robin",
          "random",
          "smooth-weighted-round-robin",
          "weighted-random",
          "least-connections",
          "weighted-least-connections",
          "power-of-two-choices");

  private Demo() {}

  /** Takes one argument, the file the figures are written to as JSON. */
  public static void main(String[] args) throws Exception {
    LIBRARY.setLevel(Level.OFF); // every outage below is on purpose
    Path file = Path.of(args.length > 0 ? args[0] : "target/demo.json");
    long start = TimeSource.system().nanoTime();
    Vertx vertx = Vertx.vertx();
    List<RoundResult> results = new ArrayList<>();
    try {
      warmUp(vertx);
      for (String strategy : STRATEGIES) {
        results.add(round(vertx, strategy));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
    write(results, file);
    long seconds = Duration.ofNanos(TimeSource.system().nanoTime() - start).toSeconds();
    boolean good = results.stream().allMatch(RoundResult::isGood);
    OUT.println(
        (good ? "All requests answered, all promises kept. " : "SOMETHING WENT WRONG, see above. ")
            + seconds
            + " s. Figures: "
            + file);
    System.exit(good ? 0 : 1);
  }

  private static void warmUp(Vertx vertx) throws Exception {
    OUT.println("6 instances on loopback, 500 requests/s, 10 s per strategy. Warming up ...");
    try (Round round = new Round(vertx, Strategies.DEFAULT, step -> {})) {
      round.warmUp();
    }
  }

  private static RoundResult round(Vertx vertx, String strategy) throws Exception {
    OUT.printf("%n%s%n ", strategy);
    OUT.flush();
    try (Round round = new Round(vertx, strategy, Demo::progress)) {
      RoundResult result = round.run();
      OUT.printf("%n%s", result.table());
      return result;
    }
  }

  private static void progress(String step) {
    OUT.print(step);
    OUT.flush();
  }

  private static void write(List<RoundResult> results, Path file) throws Exception {
    JsonArray rounds = new JsonArray();
    results.forEach(result -> rounds.add(result.toJson()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, new JsonObject().put("rounds", rounds).encodePrettily() + "\n");
  }
}
