package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.forreal.Callers.Answer;
import io.evenkeel.benchmarks.laboratory.Contender;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One contender's part in a trial: its servers, and its clients. */
final class Side implements AutoCloseable {
  private static final double NEARLY = 0.98; // of the deadline: timers round

  private final RealFleet fleet;
  private final Callers callers;
  private final long deadline; // nanoseconds
  private final TimeSource time = TimeSource.system();
  private final AtomicInteger pending = new AtomicInteger();

  private Side(RealFleet fleet, Callers callers, long deadline) {
    this.fleet = fleet;
    this.callers = callers;
    this.deadline = deadline;
  }

  /** Starts servers and clients; does not return before these know those. */
  static Side start(String contender, Scenario scenario, Site servers, Site clients) {
    RealFleet fleet = new RealFleet(scenario.machines(), servers);
    fleet.start().await();
    Callers callers = callers(contender, scenario, fleet, clients).await();
    return new Side(fleet, callers, scenario.wire().deadline().toNanos());
  }

  private static Future<Callers> callers(
      String contender, Scenario scenario, RealFleet fleet, Site site) {
    int count = scenario.clients().count();
    return VertxCallers.knows(contender)
        ? VertxCallers.start(
            site.vertx(), fleet.registry(), contender, count, scenario.wire().deadline())
        : BalancedCallers.start(
            site.vertx(),
            fleet.registry(),
            Contender.named(List.of(contender)).get(0),
            count,
            scenario.wire().deadline());
  }

  RealFleet fleet() {
    return fleet;
  }

  /** Sends a request that was due then, and measures it from then on. On the clients' loop. */
  void send(long due, int client, String uri, Measurement measurement) {
    pending.incrementAndGet();
    long sent = time.nanoTime();
    callers
        .call(client, uri)
        .onComplete(
            answer -> {
              long now = time.nanoTime();
              boolean known = answer.succeeded();
              measurement.begin(due, known ? answer.result().server() : -1);
              measurement.end(due, now, outcome(answer, now - sent));
              pending.decrementAndGet();
            });
  }

  private Outcome outcome(AsyncResult<Answer> answer, long took) {
    if (answer.succeeded() && answer.result().status() == 200) {
      return Outcome.success();
    }
    return took >= NEARLY * deadline ? Outcome.timeout() : Outcome.failure(answer.cause());
  }

  boolean isIdle() {
    return pending.get() == 0;
  }

  @Override
  public void close() {
    callers.close();
    fleet.close();
  }
}
