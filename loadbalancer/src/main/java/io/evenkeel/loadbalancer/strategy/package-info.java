/**
 * The balancing strategies. Each class says when to choose it, what it promises and where it comes
 * from; {@link io.evenkeel.loadbalancer.strategy.Strategies} finds them by name. A strategy
 * prepares a picker whenever the endpoints change; a pick is then a few array reads, without a lock
 * or an allocation, and chance comes from the generator it was given.
 */
@NullMarked
package io.evenkeel.loadbalancer.strategy;

import org.jspecify.annotations.NullMarked;
