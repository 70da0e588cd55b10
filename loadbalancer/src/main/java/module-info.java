/** Endpoints, the snapshot feed, strategies and calls: balancing without a transport. */
module io.evenkeel.loadbalancer {
  requires transitive io.evenkeel.api;
  requires jdk.management;
  requires static transitive org.jspecify;

  exports io.evenkeel.loadbalancer;
  exports io.evenkeel.loadbalancer.call;
  exports io.evenkeel.loadbalancer.endpoint;
  exports io.evenkeel.loadbalancer.feed;
  exports io.evenkeel.loadbalancer.health;
  exports io.evenkeel.loadbalancer.load;
  exports io.evenkeel.loadbalancer.probe;
  exports io.evenkeel.loadbalancer.routing;
  exports io.evenkeel.loadbalancer.strategy;

  uses io.evenkeel.loadbalancer.strategy.StrategyProvider;
}
