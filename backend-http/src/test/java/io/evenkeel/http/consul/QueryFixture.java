package io.evenkeel.http.consul;

import io.evenkeel.http.engine.ListListener;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A blocking query on manual time, and the Consul and the listener it has to do with. */
final class QueryFixture implements BlockingQuery.Reader, ListListener {
  static final ServiceInstance A = instance("a");
  static final ServiceInstance B = instance("b");

  record Sent(QueryRequest request, Duration at) {}

  record Told(List<ServiceInstance> instances, Freshness freshness, Duration at) {}

  final ManualTime time = ManualTime.start();
  final List<Sent> sent = new ArrayList<>();
  final List<Told> told = new ArrayList<>();
  final List<RegistryException> errors = new ArrayList<>();
  private @Nullable Promise<QueryAnswer> open;
  private @Nullable Function<QueryRequest, QueryAnswer> answers;
  private Duration after = Duration.ZERO;
  private boolean givenUp;
  private final BlockingQuery query;

  QueryFixture(Map<String, String> parameters) {
    query =
        BlockingQuery.start(this, ReadOptions.read(parameters), this, time, Randomness.seeded(11));
    time.runDue();
  }

  static QueryFixture start() {
    return new QueryFixture(Map.of());
  }

  static ServiceInstance instance(String id) {
    return ServiceInstance.builder("web", "10.0.0.1", 80).id(id).build();
  }

  static QueryAnswer answer(@Nullable String index, ServiceInstance... instances) {
    return new QueryAnswer(List.of(instances), index, true, Duration.ZERO);
  }

  static QueryAnswer leaderless(String index, ServiceInstance... instances) {
    return new QueryAnswer(List.of(instances), index, false, Duration.ofMinutes(1));
  }

  /** From now on every request is answered by itself, so much later. */
  void answerAll(Duration later, Function<QueryRequest, QueryAnswer> by) {
    after = later;
    answers = by;
  }

  @Override
  public BlockingQuery.Reading read(QueryRequest request) {
    sent.add(new Sent(request, now()));
    Promise<QueryAnswer> promise = Promise.promise();
    open = promise;
    Function<QueryRequest, QueryAnswer> by = answers;
    if (by != null) {
      time.schedule(after, () -> promise.complete(by.apply(request)));
    }
    return new BlockingQuery.Reading(promise.future(), () -> givenUp = true);
  }

  /** Answers the request that is open, and lets what is due at once happen. */
  void answer(QueryAnswer answer) {
    taken().complete(answer);
    time.runDue();
  }

  void fail() {
    taken().fail(new RegistryException.Unavailable("planted by the test", null));
    time.runDue();
  }

  private Promise<QueryAnswer> taken() {
    Promise<QueryAnswer> promise = open;
    if (promise == null) {
      throw new AssertionError("no request is open after " + sent);
    }
    open = null;
    return promise;
  }

  /** Lets time pass until the next request is sent. */
  QueryRequest next() {
    for (int i = 0; open == null && i < 40_000; i++) {
      time.advance(Duration.ofMillis(1));
    }
    if (open == null) {
      throw new AssertionError("no request within 40 s after " + sent);
    }
    return last();
  }

  QueryRequest last() {
    return sent.get(sent.size() - 1).request();
  }

  /** How many requests were sent in a stretch of time, its end left out. */
  long sentBetween(Duration from, Duration to) {
    return sent.stream()
        .filter(one -> one.at().compareTo(from) >= 0 && one.at().compareTo(to) < 0)
        .count();
  }

  boolean isOpen() {
    return open != null;
  }

  boolean isGivenUp() {
    return givenUp;
  }

  Duration now() {
    return Duration.ofNanos(time.nanoTime());
  }

  void close() {
    query.close();
  }

  @Override
  public void onList(List<ServiceInstance> instances, Freshness freshness) {
    told.add(new Told(instances, freshness, now()));
  }

  @Override
  public void onError(RegistryException error) {
    errors.add(error);
  }
}
