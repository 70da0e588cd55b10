/**
 * Proves backends and strategies. Inherit {@link io.evenkeel.testkit.ServiceRegistryContract} or
 * {@link io.evenkeel.testkit.BalancingStrategyContract}; hand in {@link
 * io.evenkeel.testkit.ManualTime} and {@link io.evenkeel.testkit.ScriptedRandom} where the code
 * wants a scheduler or a generator. Nothing here sleeps.
 */
@NullMarked
package io.evenkeel.testkit;

import org.jspecify.annotations.NullMarked;
