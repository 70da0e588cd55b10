/** Endpoints, strategies and calls: from a service's name to the instance that answers. */
module io.evenkeel.loadbalancer {
  requires transitive io.evenkeel.api;
  requires static transitive org.jspecify;

  exports io.evenkeel.loadbalancer.strategy;
}
