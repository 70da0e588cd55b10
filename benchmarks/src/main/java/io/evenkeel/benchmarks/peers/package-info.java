/**
 * What a pick costs beside other load balancers on the JVM: ours, the floors, and each peer on a
 * class path of its own, all through one contract and in one run. {@code mvn -q -Ppeers} runs it;
 * start at {@link io.evenkeel.benchmarks.peers.PeerComparison}, or at {@link
 * io.evenkeel.benchmarks.peers.Lineup} for who takes part.
 */
@NullMarked
package io.evenkeel.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
