package io.evenkeel.samples.demo;

import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One strategy's round: its own registry, instances and client; traffic; and, after a calm, one
 * incident after the other. Times are short so that the demo is: leases of 1.2 s, ejections of 1 s.
 */
final class Round implements AutoCloseable {
  private static final int REQUESTS_PER_SECOND = 500;
  private static final Duration CALM = Duration.ofMillis(3_500);
  private static final Duration WHOLE = Duration.ofSeconds(10);

  /** Longer than a timeout of an attempt, shorter than an ejection. */
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private final Vertx vertx;
  private final ServiceRegistry registry = Registries.connect("inmemory:?sweep=100ms");
  private final Scheduler script = Scheduler.daemon("script");
  private final List<DemoInstance> instances = new ArrayList<>(); // guarded by itself
  private final AttemptLog log;
  private final BalancedWebClient client;
  private final Consumer<String> progress;
  private long start; // when traffic began

  Round(Vertx vertx, String strategy, Consumer<String> progress) throws Exception {
    this.vertx = vertx;
    this.progress = progress;
    this.log = new AttemptLog(Strategies.named(strategy), script);
    this.client =
        BalancedWebClient.builder(vertx, registry)
            .callDefaults(Call.repeatable().withAttemptTimeout(Duration.ofMillis(250)))
            .balancer(
                balancer ->
                    balancer
                        .strategy(log)
                        .ejection(
                            EjectionOptions.defaults()
                                .withTimes(Duration.ofSeconds(1), Duration.ofSeconds(5))
                                .withMaxShare(0.34)))
            .build();
    for (InstancePlan plan : InstancePlan.FLEET) {
      join(plan).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  /** Traffic without incidents, so that the first round is not the one with the cold code. */
  void warmUp() throws InterruptedException {
    Traffic traffic = traffic(Duration.ofSeconds(2));
    traffic.send();
    traffic.awaitAnswers();
  }

  RoundResult run() throws InterruptedException {
    Traffic traffic = traffic(WHOLE);
    awaitFirstList();
    start = script.nanoTime();
    List<Incident> pending =
        List.of(
            at(3_500, "b", "answers 503", DemoInstance::answer503),
            at(5_700, "d", "freezes", DemoInstance::freeze),
            at(7_200, "e", "is killed", DemoInstance::kill),
            at(8_200, "a", "drains", DemoInstance::drain));
    after(5_200, () -> with("b", DemoInstance::recover));
    after(9_000, () -> join(InstancePlan.NEWCOMER));
    traffic.send();
    traffic.awaitAnswers();
    return result(traffic, pending);
  }

  private void awaitFirstList() {
    client.balancer(Demo.SERVICE).ready().toCompletableFuture().join();
  }

  private Traffic traffic(Duration length) {
    int requests = (int) (length.toMillis() * REQUESTS_PER_SECOND / 1_000);
    return new Traffic(vertx, client, script, REQUESTS_PER_SECOND, requests);
  }

  /** Plans an incident; its millis hold the time it is due until the round is over. */
  private Incident at(int millis, String id, String words, Consumer<DemoInstance> change) {
    after(
        millis,
        () -> {
          progress.accept(" [" + id + " " + words + "]");
          with(id, change);
        });
    return new Incident(id, words, false, millis);
  }

  private void after(int millis, Runnable task) {
    script.schedule(Duration.ofMillis(millis), task);
  }

  private void with(String id, Consumer<DemoInstance> change) {
    synchronized (instances) {
      instances.stream().filter(instance -> instance.plan().id().equals(id)).forEach(change);
    }
  }

  private Future<DemoInstance> join(InstancePlan plan) {
    return DemoInstance.start(vertx, registry, plan)
        .onSuccess(
            instance -> {
              synchronized (instances) {
                instances.add(instance);
              }
            });
  }

  private RoundResult result(Traffic traffic, List<Incident> pending) {
    List<AttemptLog.Entry> calm =
        log.entries().stream().filter(entry -> entry.nanos() < start + CALM.toNanos()).toList();
    Map<String, Double> shares = new TreeMap<>();
    InstancePlan.FLEET.forEach(plan -> shares.put(plan.id(), 0.0));
    calm.forEach(entry -> shares.merge(entry.instance(), 1.0 / calm.size(), Double::sum));
    List<Incident> incidents = new ArrayList<>();
    pending.forEach(incident -> incidents.add(measured(incident)));
    incidents.add(joined());
    Promise promise = Promise.of(log.name());
    return new RoundResult(
        log.name(),
        promise,
        shares,
        promise.check().isKept(shares, calm.size()),
        new RoundResult.Counts(
            traffic.requests(), traffic.failed(), log.entries().size() - traffic.requests()),
        new RoundResult.Latency(
            traffic.percentileMillis(0.5),
            traffic.percentileMillis(0.99),
            traffic.percentileMillis(1)),
        incidents);
  }

  private Incident measured(Incident planned) {
    long since = start + Duration.ofMillis((long) planned.millis()).toNanos();
    long nanos = log.nanosUntilQuiet(planned.instance(), since, QUIET_NANOS);
    return new Incident(planned.instance(), planned.words(), false, nanos / 1e6);
  }

  private Incident joined() {
    String id = InstancePlan.NEWCOMER.id();
    long nanos = log.nanosUntilFirst(id, start + Duration.ofSeconds(9).toNanos());
    return new Incident(id, "joins", true, nanos < 0 ? -1 : nanos / 1e6);
  }

  @Override
  public void close() {
    script.close();
    client.close().toCompletionStage().toCompletableFuture().join();
    synchronized (instances) {
      instances.forEach(DemoInstance::stop);
    }
    registry.close();
  }
}
