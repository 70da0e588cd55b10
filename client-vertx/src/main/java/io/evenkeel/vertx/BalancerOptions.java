package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.BalancerBuilder;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.StrategySpec;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What configuration says of balancers, for instance a {@code ConfigRetriever}'s:
 *
 * <pre>{@code
 * {
 *   "strategy": "peak-ewma?decay=5s",
 *   "feed": { "pollInterval": "5s", "directory": "/var/lib/shop" },
 *   "ejection": { "consecutiveFailures": 5, "baseTime": "30s", "maxShare": 0.1 },
 *   "retry": { "backoff": { "first": "25ms", "max": "1s" }, "budgetRatio": 0.2 },
 *   "call": { "attemptTimeout": "5s", "deadline": "15s", "maxAttempts": 3 },
 *   "routing": { "filter": "!tag=old", "zone": { "name": "eu-1a" },
 *                "canary": { "instances": "version=2", "share": 0.05 }, "tiers": "priority" }
 * }
 * }</pre>
 *
 * <p>Everything may be left out, and is then what the parts say in their Javadoc. The strategy may
 * also be an object: {@code {"name": "peak-ewma", "decay": "5s"}}. Times are texts such as {@code
 * 500ms}, {@code 5s}, {@code 1m} or ISO 8601.
 *
 * @param strategy null when nothing is said, so that {@code EVENKEEL_STRATEGY} or the default
 *     counts
 * @param feed how lists are kept up to date
 * @param ejection when failing instances are left out
 * @param retry how retries are spaced and bounded
 * @param call the times and attempts of calls; what belongs to one call is not configured
 * @param routing where traffic may go, as it is written: {@code filter}, {@code zone} ({@code
 *     name}, {@code minimumEndpoints}), {@code canary} ({@code instances}, {@code share}), {@code
 *     tiers} ({@code "priority"}, or a list of filters for failover), {@code subset} ({@code
 *     aperture} or {@code random}), {@code slowStart} ({@code window}, {@code minimum}, {@code
 *     aggression}) and {@code self} ({@code service/id}, the instance this process announces). As
 *     many components as there are parts
 */
public record BalancerOptions(
    @Nullable StrategySpec strategy,
    FeedOptions feed,
    EjectionOptions ejection,
    RetryOptions retry,
    Call call,
    JsonObject routing) {

  /** Copies the routing. */
  public BalancerOptions {
    routing = routing.copy();
    RoutingJson.read(JsonSection.of(routing));
  }

  /** Nothing said. */
  public static BalancerOptions defaults() {
    return new BalancerOptions(new JsonObject());
  }

  /**
   * As configured.
   *
   * @throws IllegalArgumentException naming the option that is unknown or whose value is not
   *     understood, with what was expected
   */
  public BalancerOptions(JsonObject json) {
    this(BalancerJson.read(json));
  }

  private BalancerOptions(BalancerOptions read) {
    this(read.strategy, read.feed, read.ejection, read.retry, read.call, read.routing);
  }

  /** All of it, said; {@link #BalancerOptions(JsonObject)} reads it again. */
  public JsonObject toJson() {
    return BalancerJson.write(this);
  }

  /** Sets up a balancer so, save for the call. */
  public void applyTo(BalancerBuilder balancer) {
    balancer.feed(feed).ejection(ejection).retry(retry);
    if (!routing.isEmpty()) {
      balancer.routing(RoutingJson.read(JsonSection.of(routing)));
    }
    if (strategy != null) {
      balancer.strategy(strategy);
    }
  }
}
