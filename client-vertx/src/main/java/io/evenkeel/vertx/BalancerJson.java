package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.health.OutlierOptions;
import io.evenkeel.loadbalancer.strategy.DurationText;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.loadbalancer.strategy.StrategySpec;
import io.evenkeel.time.Backoff;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of {@link BalancerOptions}. */
final class BalancerJson {
  private BalancerJson() {}

  static BalancerOptions read(JsonObject json) {
    JsonSection root = JsonSection.of(json);
    StrategySpec strategy = strategy(root.value("strategy"));
    FeedOptions feed = feed(root.section("feed"));
    EjectionOptions ejection = ejection(root.section("ejection"));
    RetryOptions retry = retry(root.section("retry"));
    Call call = call(root.section("call"));
    RoutingJson.read(root.section("routing")); // is refused here and not at the first request
    root.end();
    JsonObject routing = json.getJsonObject("routing", new JsonObject()).copy();
    return new BalancerOptions(strategy, feed, ejection, retry, call, routing);
  }

  /** Made once and thrown away, so that it is refused here and not at the first request. */
  private static @Nullable StrategySpec strategy(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    StrategySpec spec =
        value instanceof JsonObject object ? spec(object) : StrategySpec.parse(value.toString());
    Strategies.of(spec, Randomness.perThread(), TimeSource.system());
    return spec;
  }

  private static StrategySpec spec(JsonObject json) {
    Map<String, String> options = new LinkedHashMap<>();
    json.forEach(entry -> options.put(entry.getKey(), String.valueOf(entry.getValue())));
    String name = options.remove("name");
    if (name == null) {
      throw new IllegalArgumentException("strategy.name: not set (expected: a strategy's name)");
    }
    return new StrategySpec(name, options);
  }

  private static FeedOptions feed(JsonSection json) {
    FeedOptions usual = FeedOptions.defaults();
    String directory = json.text("directory");
    FeedOptions feed =
        new FeedOptions(
            json.duration("pollInterval", usual.pollInterval()),
            json.duration("repairInterval", usual.repairInterval()),
            json.duration("callDeadline", usual.callDeadline()),
            json.duration("guardGrace", usual.guardGrace()),
            directory == null ? null : Path.of(directory));
    json.end();
    return feed;
  }

  private static EjectionOptions ejection(JsonSection json) {
    EjectionOptions usual = EjectionOptions.defaults();
    EjectionOptions ejection =
        new EjectionOptions(
            json.wholeNumber("consecutiveFailures", usual.consecutiveFailures()),
            json.duration("baseTime", usual.baseTime()),
            json.duration("maxTime", usual.maxTime()),
            json.number("maxShare", usual.maxShare()),
            outliers(json.section("outliers"), usual.outliers()));
    json.end();
    return ejection;
  }

  private static OutlierOptions outliers(JsonSection json, OutlierOptions usual) {
    OutlierOptions outliers =
        new OutlierOptions(
            json.wholeNumber("hosts", usual.hosts()),
            json.number("deviations", usual.deviations()),
            json.wholeNumber("rateVolume", usual.rateVolume()),
            json.number("failureShare", usual.failureShare()),
            json.wholeNumber("shareVolume", usual.shareVolume()),
            json.number("timesMedian", usual.timesMedian()),
            json.wholeNumber("latencyVolume", usual.latencyVolume()),
            json.duration("stallAtLeast", usual.stallAtLeast()),
            json.number("timesP99", usual.timesP99()));
    json.end();
    return outliers;
  }

  private static RetryOptions retry(JsonSection json) {
    RetryOptions usual = RetryOptions.defaults();
    RetryOptions retry =
        new RetryOptions(
            backoff(json.section("backoff"), usual.backoff()),
            json.number("budgetRatio", usual.budgetRatio()),
            json.wholeNumber("budgetPerSecond", usual.budgetPerSecond()));
    json.end();
    return retry;
  }

  private static Backoff backoff(JsonSection json, Backoff usual) {
    Backoff backoff =
        new Backoff(
            json.duration("first", usual.first()),
            json.duration("max", usual.max()),
            json.number("jitter", usual.jitter()));
    json.end();
    return backoff;
  }

  private static Call call(JsonSection json) {
    Call usual = Call.repeatable();
    Call call =
        usual
            .withAttemptTimeout(json.duration("attemptTimeout", usual.attemptTimeout()))
            .withDeadline(json.duration("deadline", usual.deadline()))
            .withMaxAttempts(json.wholeNumber("maxAttempts", usual.maxAttempts()));
    json.end();
    return call;
  }

  static JsonObject write(BalancerOptions options) {
    JsonObject json = new JsonObject();
    if (options.strategy() != null) {
      json.put("strategy", options.strategy().toString());
    }
    return json.put("feed", feed(options.feed()))
        .put("ejection", ejection(options.ejection()))
        .put("retry", retry(options.retry()))
        .put("call", call(options.call()))
        .put("routing", options.routing());
  }

  private static JsonObject feed(FeedOptions feed) {
    JsonObject json =
        new JsonObject()
            .put("pollInterval", DurationText.of(feed.pollInterval()))
            .put("repairInterval", DurationText.of(feed.repairInterval()))
            .put("callDeadline", DurationText.of(feed.callDeadline()))
            .put("guardGrace", DurationText.of(feed.guardGrace()));
    return feed.directory() == null ? json : json.put("directory", feed.directory().toString());
  }

  private static JsonObject ejection(EjectionOptions ejection) {
    return new JsonObject()
        .put("consecutiveFailures", ejection.consecutiveFailures())
        .put("baseTime", DurationText.of(ejection.baseTime()))
        .put("maxTime", DurationText.of(ejection.maxTime()))
        .put("maxShare", ejection.maxShare())
        .put("outliers", outliers(ejection.outliers()));
  }

  private static JsonObject outliers(OutlierOptions outliers) {
    return new JsonObject()
        .put("hosts", outliers.hosts())
        .put("deviations", number(outliers.deviations()))
        .put("rateVolume", outliers.rateVolume())
        .put("failureShare", number(outliers.failureShare()))
        .put("shareVolume", outliers.shareVolume())
        .put("timesMedian", number(outliers.timesMedian()))
        .put("latencyVolume", outliers.latencyVolume())
        .put("stallAtLeast", DurationText.of(outliers.stallAtLeast()))
        .put("timesP99", number(outliers.timesP99()));
  }

  /** JSON has no infinity. */
  private static Object number(double value) {
    return Double.isInfinite(value) ? JsonSection.NONE : (Object) value;
  }

  private static JsonObject retry(RetryOptions retry) {
    JsonObject backoff =
        new JsonObject()
            .put("first", DurationText.of(retry.backoff().first()))
            .put("max", DurationText.of(retry.backoff().max()))
            .put("jitter", retry.backoff().jitter());
    return new JsonObject()
        .put("backoff", backoff)
        .put("budgetRatio", retry.budgetRatio())
        .put("budgetPerSecond", retry.budgetPerSecond());
  }

  private static JsonObject call(Call call) {
    return new JsonObject()
        .put("attemptTimeout", DurationText.of(call.attemptTimeout()))
        .put("deadline", DurationText.of(call.deadline()))
        .put("maxAttempts", call.maxAttempts());
  }
}
