package io.evenkeel.cli;

import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends balanced requests to a service and tells what came of them. */
@Command(
    name = "call",
    description = {
      "Sends balanced requests to a service and tells what came of them.",
      "Every 2 s it says on standard error how far it is; in the end it prints each instance's"
          + " share of the attempts, failures, retries and latencies.",
      "A request has failed when it was not answered, or with 4xx or 5xx, its retries included;"
          + " then the exit code is 1."
    })
final class CallCommand implements Callable<Integer> {
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration PUT_AWAY = Duration.ofSeconds(3);
  private static final long PROGRESS_MILLIS = 2_000;

  private final MainCommand main;

  @Parameters(index = "0", paramLabel = "NAME", description = "The service")
  private String service = "";

  @Parameters(index = "1", paramLabel = "PATH", description = "Path and query, from / on")
  private String path = "";

  @Option(
      names = "--strategy",
      paramLabel = "S",
      completionCandidates = StrategyNames.class,
      description =
          "Who is picked: ${COMPLETION-CANDIDATES}; with options as in peak-ewma?decay=5s"
              + " (default: what EVENKEEL_STRATEGY says, else power-of-two-choices)")
  private @Nullable String strategy;

  @Option(names = "--count", paramLabel = "C", description = "How many requests (default: 100)")
  private @Nullable Long count;

  @Option(
      names = "--duration",
      paramLabel = "D",
      converter = Durations.class,
      description =
          "How long requests are begun, such as 30s; instead of --count (default: until --count"
              + " is reached)")
  private @Nullable Duration duration;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description =
          "Requests per second, due whether earlier ones were answered or not; latencies count"
              + " from when they are due (default: the next one when one is answered)")
  private @Nullable Double rate;

  @Option(
      names = "--concurrency",
      paramLabel = "K",
      description = "Requests under way at once, at most (default: 10, with --rate 1000)")
  private @Nullable Integer concurrency;

  @Option(
      names = "--retries",
      paramLabel = "X",
      defaultValue = "2",
      description =
          "How often a request is repeated on another instance, 0..9 (default: ${DEFAULT-VALUE})")
  private int retries;

  @Option(
      names = "--timeout",
      paramLabel = "T",
      defaultValue = "15s",
      converter = Durations.class,
      description =
          "Of a request, its retries included; each attempt gets an equal part, at most 5s"
              + " (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--method",
      paramLabel = "M",
      defaultValue = "GET",
      description =
          "One that may be repeated: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Method method = Method.GET;

  CallCommand(MainCommand main) {
    this.main = main;
  }

  /** RFC 9110, section 9.2.2, those that need no body. */
  enum Method {
    GET,
    HEAD,
    OPTIONS,
    DELETE
  }

  /** For the help text. */
  static final class StrategyNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    StrategyNames() {
      super(Strategies.names());
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Strategies.named(strategy()); // refuses it before anything is begun
    LoadPlan plan = plan();
    Call limits = limits();
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: " + path + " (expected: one from / on)");
    }
    try (ServiceRegistry registry = main.connect()) {
      refuseNobody(main.answer(registry.instances(service)));
      Vertx vertx = Vertx.vertx();
      try {
        WarmUp.run(vertx, main.terminal().stop());
        BalancedWebClient client = client(vertx, registry, plan, limits);
        return run(vertx, client, plan);
      } finally {
        Stop.settle(vertx.close().toCompletionStage(), PUT_AWAY);
      }
    }
  }

  private String strategy() {
    String said =
        strategy != null
            ? strategy
            : main.terminal().environment().getOrDefault(Strategies.ENVIRONMENT_VARIABLE, "");
    return said.isBlank() ? Strategies.DEFAULT : said;
  }

  private LoadPlan plan() {
    if (count != null && duration != null) {
      throw new IllegalArgumentException("count, duration: both given (expected: one of them)");
    }
    LoadPlan plan = LoadPlan.usual();
    plan = count == null ? plan : plan.withCount(count);
    plan = duration == null ? plan : plan.withDuration(duration);
    if (rate != null && rate <= 0) {
      throw new IllegalArgumentException("rate: " + rate + " (expected: > 0 per second)");
    }
    plan = rate == null ? plan : plan.withRate(rate);
    return concurrency == null ? plan : plan.withConcurrency(concurrency);
  }

  private Call limits() {
    if (retries < 0 || retries > 9) {
      throw new IllegalArgumentException("retries: " + retries + " (expected: 0..9)");
    }
    Duration part = timeout.dividedBy(retries + 1L);
    return Call.repeatable()
        .withMaxAttempts(retries + 1)
        .withDeadline(timeout)
        .withAttemptTimeout(part.compareTo(ATTEMPT) < 0 ? part : ATTEMPT);
  }

  private void refuseNobody(ServiceSnapshot snapshot) {
    if (snapshot.instances().stream().noneMatch(ServiceInstance::takesTraffic)) {
      throw new Failure(
          service
              + ": no instance takes traffic (expected: one that is UP with a weight above 0;"
              + " see evenkeel instances "
              + service
              + ")");
    }
  }

  private BalancedWebClient client(
      Vertx vertx, ServiceRegistry registry, LoadPlan plan, Call limits) {
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(Math.max(64, plan.concurrency()));
    return BalancedWebClient.builder(vertx, registry)
        .balancer(balancer -> balancer.strategy(strategy()))
        .poolOptions(pool)
        .callDefaults(limits)
        .build();
  }

  private int run(Vertx vertx, BalancedWebClient client, LoadPlan plan)
      throws InterruptedException {
    Map<String, String> ids = new LinkedHashMap<>();
    main.answer(client.balancer(service).ready());
    addIds(client, ids);
    HttpMethod http = HttpMethod.valueOf(method.name());
    Stop stop = main.terminal().stop();
    Load load = new Load(vertx, client.request(http, service, path), plan, stop);
    long timer = vertx.setPeriodic(PROGRESS_MILLIS, tick -> progress(load.tally(), plan));
    load.run(timeout);
    vertx.cancelTimer(timer);
    addIds(client, ids);
    String what = method + " " + service + path;
    LoadReport report = new LoadReport(what, strategy(), load.seconds(), ids, load.tally());
    main.print(report::text, report::object);
    return load.tally().failed() == 0 ? ErrorLines.OK : ErrorLines.FAILED;
  }

  private void addIds(BalancedWebClient client, Map<String, String> ids) {
    client
        .balancer(service)
        .snapshot()
        .ifPresent(
            snapshot ->
                snapshot
                    .instances()
                    .forEach(each -> ids.putIfAbsent(HostPort.of(each).toString(), each.id())));
  }

  private void progress(Tally tally, LoadPlan plan) {
    String all = plan.count() == Long.MAX_VALUE ? "" : " of " + plan.count();
    main.terminal().note(tally.requests() + all + " requests, " + tally.failed() + " failed");
  }
}
