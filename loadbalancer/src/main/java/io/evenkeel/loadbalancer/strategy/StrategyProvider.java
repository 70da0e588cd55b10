package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.BalancingStrategy;

/**
 * Makes the strategies of one name, so that configuration can name one of your own. Found with
 * {@link java.util.ServiceLoader}: it is listed in {@code
 * META-INF/services/io.evenkeel.loadbalancer.strategy.StrategyProvider} and, where there is a
 * module descriptor, there too. Evenkeel's own names come first.
 */
public interface StrategyProvider {

  /** The name it answers for, in lower case with hyphens. */
  String name();

  /**
   * Makes a strategy for one balancer. It reads every option it has, set or not.
   *
   * @throws IllegalArgumentException naming the option whose value is out of bounds
   */
  BalancingStrategy create(StrategyContext context);
}
