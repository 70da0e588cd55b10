/**
 * A simulated world of clients and servers in which the real strategy, endpoint and health classes
 * run on virtual time. {@link io.evenkeel.benchmarks.laboratory.world.Scenario} says what the world
 * is like, {@link io.evenkeel.benchmarks.laboratory.world.World} lets it happen, {@link
 * io.evenkeel.benchmarks.laboratory.world.Server} is where requests wait. Everything is a function
 * of the scenario and a seed. One thread per world.
 */
@NullMarked
package io.evenkeel.benchmarks.laboratory.world;

import org.jspecify.annotations.NullMarked;
