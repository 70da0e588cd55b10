/**
 * Proves backends and strategies, and makes their world misbehave. Inherit {@code
 * ServiceRegistryContract} or {@code BalancingStrategyContract}; hand in {@link
 * io.evenkeel.testkit.ManualTime} and {@link io.evenkeel.testkit.ScriptedRandom} where the code
 * wants a scheduler or a generator; put {@link io.evenkeel.testkit.FaultProxy} and {@link
 * io.evenkeel.testkit.FakeCluster} on the wire. Nothing here sleeps.
 */
@NullMarked
package io.evenkeel.testkit;

import org.jspecify.annotations.NullMarked;
