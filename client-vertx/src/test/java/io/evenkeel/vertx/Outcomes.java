package io.evenkeel.vertx;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes the instances in turn, whatever the thread, and notes how each attempt ended. */
final class Outcomes implements BalancingStrategy {

  /** How an attempt on the instance at a port ended. */
  record Seen(int port, Outcome outcome) {}

  private final AtomicInteger picks = new AtomicInteger();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<LoadReport> reports = new CopyOnWriteArrayList<>();
  private volatile Runnable beforeEachEnd = () -> {};
  private final AtomicInteger inFlight = new AtomicInteger();
  private final CompletableFuture<Seen> first = new CompletableFuture<>();

  /** Runs on the thread that ends an attempt, before the end is noted. */
  void beforeEachEnd(Runnable action) {
    beforeEachEnd = action;
  }

  /** What the instances have said of their load. */
  List<LoadReport> reports() {
    return reports;
  }

  @Override
  public String name() {
    return "in-turn";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return context ->
        endpoints.size() == 0 ? null : endpoints.get(picks.getAndIncrement() % endpoints.size());
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new Tracker() {
      @Override
      public long begin() {
        return inFlight.incrementAndGet();
      }

      @Override
      public void end(long token, Outcome outcome) {
        beforeEachEnd.run();
        inFlight.decrementAndGet();
        seen.add(new Seen(instance.port(), outcome));
        first.complete(new Seen(instance.port(), outcome));
      }

      @Override
      public void report(LoadReport report) {
        reports.add(report);
      }
    };
  }

  /** All that have ended, in the order of their ends. */
  List<Outcome> all() {
    return seen.stream().map(Seen::outcome).toList();
  }

  List<Outcome.Kind> kinds() {
    return all().stream().map(Outcome::kind).toList();
  }

  List<Outcome.Kind> kindsOf(TestServer server) {
    return seen.stream()
        .filter(end -> end.port() == server.port())
        .map(end -> end.outcome().kind())
        .toList();
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Completes with the first attempt that ends. */
  CompletionStage<Seen> first() {
    return first;
  }
}
