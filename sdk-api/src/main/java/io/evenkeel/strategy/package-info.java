/**
 * The strategy SPI. A {@link io.evenkeel.strategy.BalancingStrategy} is cold: it is asked for a new
 * {@link io.evenkeel.strategy.Picker} whenever the endpoints change. A picker is hot: it is asked
 * for one {@link io.evenkeel.strategy.Endpoint} per attempt. What a strategy remembers of an
 * endpoint lives in a {@link io.evenkeel.strategy.Tracker} and survives updates. A new strategy
 * inherits {@code BalancingStrategyContract} of the testkit to prove itself.
 */
@NullMarked
package io.evenkeel.strategy;

import org.jspecify.annotations.NullMarked;
