/**
 * The laboratory's comparison with real HTTP: real clients, balancers, connections and servers on
 * loopback. Only what a request costs a server is played by timers, so that two cores carry a fleet
 * of forty. {@link io.evenkeel.benchmarks.forreal.Comparison} is the program; {@link
 * io.evenkeel.benchmarks.forreal.Trial} is one run, of all contenders side by side.
 */
@NullMarked
package io.evenkeel.benchmarks.forreal;

import org.jspecify.annotations.NullMarked;
