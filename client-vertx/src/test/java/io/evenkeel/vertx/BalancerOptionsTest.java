package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.health.OutlierOptions;
import io.evenkeel.loadbalancer.routing.Canary;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.routing.SlowStart;
import io.evenkeel.loadbalancer.routing.Subset;
import io.evenkeel.loadbalancer.routing.ZonePreference;
import io.evenkeel.loadbalancer.strategy.StrategySpec;
import io.evenkeel.model.InstanceKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BalancerOptionsTest {
  private static final String ALL =
      """
      { "strategy": "peak-ewma?decay=5s",
        "feed": { "pollInterval": "1s", "repairInterval": "2m", "callDeadline": "500ms",
                  "guardGrace": "0s", "directory": "copies" },
        "ejection": { "consecutiveFailures": 3, "baseTime": "10s", "maxTime": "1m", "maxShare": 0.5,
                      "outliers": { "hosts": 4, "deviations": 2.5, "rateVolume": 90,
                                    "failureShare": "none", "shareVolume": 40, "timesMedian": 3.0,
                                    "latencyVolume": 30, "stallAtLeast": "1s", "timesP99": 8.0 } },
        "retry": { "backoff": { "first": "10ms", "max": "100ms", "jitter": 0.5 },
                   "budgetRatio": 0.1, "budgetPerSecond": 3 },
        "call": { "attemptTimeout": "200ms", "deadline": "1s", "maxAttempts": 2 },
        "routing": { "filter": "!tag=old", "zone": { "name": "a", "minimumEndpoints": 3 },
                     "canary": { "instances": "version=2", "share": 0.1 }, "tiers": ["tag=blue"],
                     "subset": { "aperture": 7 }, "self": "web/web-1",
                     "slowStart": { "window": "1m", "minimum": 0.2, "aggression": 2.0 } } }
      """;

  private static final OutlierOptions OUTLIERS =
      new OutlierOptions(4, 2.5, 90, Double.POSITIVE_INFINITY, 40, 3, 30, Duration.ofSeconds(1), 8);

  private static BalancerOptions read(String json) {
    return new BalancerOptions(new JsonObject(json.replace('\'', '"')));
  }

  @Test
  void where_nothing_is_said_the_usual_counts() {
    BalancerOptions options = read("{}");
    assertNull(options.strategy());
    assertEquals(FeedOptions.defaults(), options.feed());
    assertEquals(EjectionOptions.defaults(), options.ejection());
    assertEquals(RetryOptions.defaults(), options.retry());
    assertEquals(Call.repeatable(), options.call());
    assertEquals(options, BalancerOptions.defaults());
  }

  @Test
  void routing_is_read() {
    Routing routing = RoutingJson.read(JsonSection.of(read(ALL).routing()));
    assertEquals(InstanceFilter.tag("old").negate(), routing.filter());
    assertEquals(new ZonePreference("a", 3), routing.zone());
    assertEquals(new Canary(InstanceFilter.version("2"), 0.1), routing.canary());
    assertTrue(Double.isInfinite(routing.tiers().overProvisioning()));
    assertEquals(new Subset.Aperture(7), routing.subset());
    assertEquals(new InstanceKey("web", "web-1"), routing.self());
    assertEquals(new SlowStart(Duration.ofMinutes(1), 0.2, 2), routing.slowStart());
    assertEquals(Subset.random(3), subset("{'random': 3}"));
  }

  private static Subset subset(String json) {
    JsonObject routing = new JsonObject("{\"subset\":" + json.replace('\'', '"') + "}");
    return RoutingJson.read(JsonSection.of(routing)).subset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'zone': 'a'}",
        "{'zone': {'names': 'a'}}",
        "{'filter': 'blue'}",
        "{'canary': {'instances': 'tag=a', 'share': 2}}",
        "{'tiers': 'first'}",
        "{'tiers': ['blue']}",
        "{'subset': {'aperture': 3, 'random': 3}}",
        "{'subset': {'aperture': -1}}",
        "{'slowStart': {'minimum': 0}}",
        "{'self': 'web'}",
        "{'zones': {}}"
      })
  void routing_that_is_none_is_refused(String routing) {
    assertThrows(IllegalArgumentException.class, () -> read("{'routing': " + routing + "}"));
  }

  @Test
  void every_option_is_read() {
    BalancerOptions options = read(ALL);
    assertEquals(StrategySpec.parse("peak-ewma?decay=5s"), options.strategy());
    assertEquals(Path.of("copies"), options.feed().directory());
    assertEquals(Duration.ofMinutes(2), options.feed().repairInterval());
    assertEquals(Duration.ZERO, options.feed().guardGrace());
    assertEquals(0.5, options.ejection().maxShare());
    assertEquals(OUTLIERS, options.ejection().outliers());
    assertEquals(0.5, options.retry().backoff().jitter());
    assertEquals(3, options.retry().budgetPerSecond());
    assertEquals(Duration.ofMillis(200), options.call().attemptTimeout());
    assertEquals(2, options.call().maxAttempts());
  }

  @Test
  void what_is_written_is_what_was_read() {
    assertEquals(new JsonObject(ALL), read(ALL).toJson());
    assertEquals(read(ALL), new BalancerOptions(read(ALL).toJson()));
    assertEquals(read("{}"), new BalancerOptions(read("{}").toJson()));
  }

  @Test
  void no_rule_at_all_is_written_and_read() {
    EjectionOptions blind = EjectionOptions.defaults().withOutliers(OutlierOptions.off());
    BalancerOptions usual = read("{}");
    BalancerOptions off =
        new BalancerOptions(
            usual.strategy(), usual.feed(), blind, usual.retry(), usual.call(), usual.routing());
    assertEquals(
        "none",
        off.toJson().getJsonObject("ejection").getJsonObject("outliers").getValue("timesP99"));
    assertEquals(off, read(off.toJson().encode()));
  }

  @Test
  void the_strategy_may_be_an_object() {
    StrategySpec spec = new StrategySpec("power-of-d-choices", Map.of("choices", "3"));
    assertEquals(
        spec, read("{'strategy': {'name': 'power-of-d-choices', 'choices': 3}}").strategy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'strategie': 'random'} | strategie: unknown (expected: one of [strategy, feed,",
        "{'strategy': 'fastest'} | strategy: fastest (expected: round-robin,",
        "{'strategy': {'decay': '5s'}} | strategy.name: not set",
        "{'strategy': {'name': 'random', 'x': 1}} | random.x: 1 (expected: no option",
        "{'feed': 5} | feed: 5 (expected: an object)",
        "{'feed': {'pollIntervall': '5s'}} | feed.pollIntervall: unknown (expected: one of [",
        "{'feed': {'pollInterval': 5}} | feed.pollInterval: 5 (expected: a time such as",
        "{'feed': {'pollInterval': '0s'}} | pollInterval: PT0S (expected: > 0",
        "{'feed': {'directory': 5}} | feed.directory: 5 (expected: a text)",
        "{'ejection': {'consecutiveFailures': 1.5}} | ejection.consecutiveFailures: 1.5 (expected:",
        "{'ejection': {'maxShare': 'all'}} | ejection.maxShare: all (expected: a number)",
        "{'ejection': {'maxShare': 2}} | ejection.maxShare: 2.0 (expected: 0..1)",
        "{'ejection': {'maxShare': 'none'}} | ejection.maxShare: Infinity (expected: 0..1)",
        "{'ejection': {'outliers': 5}} | ejection.outliers: 5 (expected: an object)",
        "{'ejection': {'outliers': {'host': 5}}} | ejection.outliers.host: unknown (expected: one of",
        "{'ejection': {'outliers': {'hosts': 0}}} | outliers.hosts: 0 (expected: at least 1)",
        "{'ejection': {'outliers': {'hosts': 'none'}}} | ejection.outliers.hosts: Infinity (expected:",
        "{'ejection': {'outliers': {'timesP99': 'off'}}} | ejection.outliers.timesP99: off (expected:",
        "{'ejection': {'outliers': {'timesP99': 1}}} | outliers.timesP99: 1.0 (expected: above 1.0;",
        "{'ejection': {'outliers': {'deviations': 0}}} | outliers.deviations: 0.0 (expected: above 0",
        "{'ejection': {'outliers': {'stallAtLeast': '25h'}}} | outliers.stallAtLeast: PT25H (expected",
        "{'retry': {'backoff': {'last': '1s'}}} | retry.backoff.last: unknown",
        "{'retry': {'budgetRatio': -1}} | budgetRatio: -1.0 (expected: 0..10)",
        "{'call': {'maxAttempts': 11}} | maxAttempts: 11 (expected: 1..10)",
        "{'call': {'key': 'x'}} | call.key: unknown"
      })
  void what_is_wrong_is_named_with_what_was_expected(String json, String expected) {
    String message = assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
    assertTrue(message.startsWith(expected), message);
  }

  @Test
  void a_client_is_made_so() throws IOException {
    try (TestBench bench = TestBench.open()) {
      List<TestServer> servers = bench.answering(503, 503, 503, 503);
      BalancedWebClient client =
          BalancedWebClient.builder(bench.vertx, bench.registry())
              .options(read("{'call': {'maxAttempts': 2}, 'strategy': 'round-robin'}"))
              .build();
      assertEquals(503, Await.value(client.get("orders", "/").send()).statusCode());
      assertEquals(2, servers.stream().mapToInt(TestServer::requests).sum());
    }
  }

  @Test
  void the_code_has_the_last_word() throws IOException {
    try (TestBench bench = TestBench.open()) {
      bench.answering(200);
      BalancedWebClient client =
          bench.builder().options(read("{'strategy': 'round-robin'}")).build();
      Await.value(client.get("orders", "/").send());
      assertEquals(1, bench.outcomes.all().size());
    }
  }
}
